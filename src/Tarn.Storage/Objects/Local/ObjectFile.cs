using Microsoft.Win32.SafeHandles;

namespace Tarn.Storage.Objects.Local;

/// <summary>An object's file, opened so that it can be replaced and removed meanwhile.</summary>
internal static class ObjectFile
{
    /// <summary>Null when it is not there. Fails with Unavailable when the disk does.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ObjectErrors.Disk("reading an object", failure);
        }
    }
}
