using System.IO.Enumeration;
using Tarn.Primitives.Errors;

namespace Tarn.Transfers;

/// <summary>
/// The files of a folder and of all folders in it, as names of objects. Links to folders are not followed.
/// </summary>
internal static class FolderFiles
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false,
    };

    /// <summary>Path, name below the folder with slashes, and size of each file.</summary>
    public static IEnumerable<(string Path, string Name, long Bytes)> Of(string folder)
    {
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new TarnException(ErrorKind.NotFound, $"there is no folder {folder}");
        }

        return new FileSystemEnumerable<(string, string, long)>(
            root,
            (ref entry) =>
            {
                var path = entry.ToFullPath();
                return (path, Name(root, path), entry.Length);
            },
            Everything)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
    }

    private static string Name(string root, string path) =>
        Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
}
