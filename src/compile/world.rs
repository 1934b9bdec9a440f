//! The world that Typst sees: a few files in memory, the bundled fonts, and no clock.

use std::collections::HashMap;
use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

use super::fit;

/// Path of the document itself.
const MAIN: &str = "report.typ";

/// Files by their paths; packages cannot be had.
struct Files(HashMap<String, Bytes>);

impl FileLoader for Files {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        match id.root() {
            VirtualRoot::Project => {
                let path = id.vpath().get_without_slash();
                self.0.get(path).cloned().ok_or_else(|| FileError::NotFound(PathBuf::from(path)))
            }
            VirtualRoot::Package(_) => Err(FileError::AccessDenied),
        }
    }
}

/// What can be seen while one text is set. Another text takes its place without losing what is known of the first.
pub struct ReportWorld {
    library: LazyHash<Library>,
    fonts: FontStore,
    files: FileStore<Files>,
    main: FileId,
}

impl ReportWorld {
    pub fn new(fonts: &[Font]) -> Self {
        let mut store = FontStore::new();
        fonts.iter().for_each(|font| store.push((font.clone(), font.info().clone())));
        // Row headers of tables need the extras for accessibility, which typst calls a temporary interface.
        let mut library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        for function in [&fit::LINES_OF, &fit::WIDEST_OF] {
            library.global.scope_mut().define_func_with_data(function);
        }
        let path = VirtualPath::new(MAIN).expect("a constant file name is a path");
        let main = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        Self { library: LazyHash::new(library), fonts: store, files: FileStore::new(Files(HashMap::new())), main }
    }

    /// Puts a text in the place of the former one, which is mended where it differs rather than read anew.
    pub fn set(&mut self, main: String, files: Vec<(String, Bytes)>) {
        let Files(all) = self.files.loader_mut();
        all.clear();
        all.extend(files);
        all.insert(MAIN.to_owned(), Bytes::from_string(main));
        self.files.reset();
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// There is no clock: a report is dated by its content.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
