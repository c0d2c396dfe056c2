using Tarn.Primitives.Errors;

namespace Tarn.Storage.Sqlite;

/// <summary>Makes a file its owner's alone: metadata.db holds the secrets of access keys.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Creates the file with mode 0600 or takes others' rights from one that is there. SQLite gives the files beside
    /// it the same mode; those that a stopped server left are set too. Fails with Unavailable.
    /// </summary>
    public static void Ensure(string path)
    {
        try
        {
            MakePrivate(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TarnException(
                ErrorKind.Unavailable, $"'{path}' cannot be made its owner's alone", failure.Message, cause: failure);
        }
    }

    private static void MakePrivate(string path)
    {
        if (!File.Exists(path))
        {
            // A file that is there must not be opened: closing it would end SQLite's locks of this process.
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private,
            }).Dispose();
        }

        foreach (var file in new[] { path, path + "-wal", path + "-shm" }.Where(File.Exists))
        {
            File.SetUnixFileMode(file, Private);
        }
    }
}
