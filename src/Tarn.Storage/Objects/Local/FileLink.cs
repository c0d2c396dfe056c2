using System.Runtime.InteropServices;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// A second name for a file's bytes, so that one name can be replaced while the other keeps them. Where the file system
/// or its rules give none, a synced copy.
/// </summary>
internal static class FileLink
{
    private const int NoSuchFile = 2;
    private const int Exists = 17;

    /// <summary>
    /// False when there is no such file. A target that is there already stays. Fails with IOException.
    /// </summary>
    public static bool TryMake(string source, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryCopy(source, target);
        }

        if (Link(source, target) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Exists => true,
            NoSuchFile => false,
            _ => TryCopy(source, target),
        };
    }

    private static bool TryCopy(string source, string target)
    {
        try
        {
            using var from = File.OpenHandle(source);
            using var to = File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write);
            KernelCopy.Copy(from, to, targetStart: 0, RandomAccess.GetLength(from), CancellationToken.None);
            RandomAccess.FlushToDisk(to);
            return true;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string source, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);
}
