using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// fsync of a folder, which makes the names in it survive a power cut. .NET opens no folders, hence libc. On Windows
/// NTFS journals names by itself and there is nothing to call. And an early start for the fsync of a large file.
/// </summary>
internal static class FileSync
{
    private const int ReadOnly = 0;
    private const uint WriteOut = 2;

    /// <summary>Syncs the folder; false when it is not there (any more). Fails with IOException.</summary>
    public static bool TrySyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.Exists(path);
        }

        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return Directory.Exists(path) ? throw Failure("open", path, error) : false;
        }

        var result = Sync(descriptor);
        var syncError = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        return result == 0 ? true : throw Failure("fsync", path, syncError);
    }

    /// <summary>
    /// Lets the disk begin with bytes that were written, so that a later fsync finds little left. Only a hint: what it
    /// does not do, and what fails, fsync does and reports.
    /// </summary>
    public static void StartWriting(SafeFileHandle file, long start, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SyncFileRange(file, start, length, WriteOut);
        }
    }

    private static IOException Failure(string call, string path, int error) =>
        new($"{call} of folder '{path}' failed: {new Win32Exception(error).Message}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileRange(SafeFileHandle file, long start, long length, uint flags);
}
