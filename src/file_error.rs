//! Errors of file access.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Failed access to a file or folder.
#[derive(Debug, thiserror::Error)]
#[error("cannot {} {}: {error}; {}", access.name(), path.display(), access.advice(error.kind()))]
pub struct FileError {
    access: FileAccess,
    /// File or folder.
    path: PathBuf,
    /// Error of the operating system.
    error: io::Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileAccess {
    Read,
    Write,
    Remove,
}

impl FileError {
    /// Wraps the error of a failed read with its path.
    pub fn read(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> FileError {
        FileError::new(FileAccess::Read, path)
    }

    /// Wraps the error of a failed write with its path.
    pub fn write(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> FileError {
        FileError::new(FileAccess::Write, path)
    }

    /// Wraps the error of a failed removal with its path.
    pub fn remove(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> FileError {
        FileError::new(FileAccess::Remove, path)
    }

    fn new(access: FileAccess, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> FileError {
        move |error| FileError { access, path: path.as_ref().to_owned(), error }
    }
}

impl FileAccess {
    fn name(self) -> &'static str {
        match self {
            FileAccess::Read => "read",
            FileAccess::Write => "write",
            FileAccess::Remove => "remove",
        }
    }

    /// Returns what to do about an error of this kind.
    fn advice(self, kind: ErrorKind) -> &'static str {
        match (self, kind) {
            (FileAccess::Read, ErrorKind::NotFound) => "check the path",
            (FileAccess::Read, ErrorKind::PermissionDenied) => "give this user permission to read the file",
            (FileAccess::Read, ErrorKind::InvalidData) => "save the file as text in UTF-8",
            (FileAccess::Write, ErrorKind::NotFound) => "create the folder first",
            (FileAccess::Write, ErrorKind::AlreadyExists | ErrorKind::NotADirectory) => {
                "move the file in the way to another place"
            }
            (_, ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => "free disk space",
            (_, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
                "give this user permission to write there, or name another place"
            }
            (_, ErrorKind::IsADirectory) => "name a file",
            (FileAccess::Read, _) => "check the disk, or copy the file again",
            (FileAccess::Write, _) => "check the disk, or name another place",
            (FileAccess::Remove, _) => "close the programs that use the file",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_names_the_failed_access_the_path_and_the_remedy() {
        use FileAccess::{Read, Remove, Write};
        let (file, folder) = ("seeds/sheaf.toml", "site");
        for (access, path, kind, expected) in [
            (Read, file, ErrorKind::NotFound, "cannot read seeds/sheaf.toml: refused; check the path"),
            (
                Read,
                file,
                ErrorKind::PermissionDenied,
                "cannot read seeds/sheaf.toml: refused; give this user permission to read the file",
            ),
            (Write, folder, ErrorKind::NotFound, "cannot write site: refused; create the folder first"),
            (Write, folder, ErrorKind::StorageFull, "cannot write site: refused; free disk space"),
            (
                Remove,
                folder,
                ErrorKind::ReadOnlyFilesystem,
                "cannot remove site: refused; give this user permission to write there, or name another place",
            ),
            (
                Remove,
                folder,
                ErrorKind::Other,
                "cannot remove site: refused; close the programs that use the file",
            ),
        ] {
            let error = FileError::new(access, path)(io::Error::new(kind, "refused"));
            assert_eq!(error.to_string(), expected);
        }
    }
}
