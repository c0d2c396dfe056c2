using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Query.Binding;

/// <summary>
/// Unpacks objects that DuckDB cannot read as they are (bzip2) into the spill directory, for as long as a query runs.
/// </summary>
internal sealed class UnpackedObjects(QueryOptions options, IdSource ids)
{
    private const string Prefix = "unpacked-";

    /// <summary>The path of the unpacked file; disposing the lease removes it.</summary>
    public async Task<LocalFile> UnpackAsync(LocalFile packed, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.SpillDirectory);
        var path = Path.Combine(options.SpillDirectory, $"{Prefix}{ids.Next():N}.json");
        try
        {
            // bzip2 costs about 190 ns a byte: not on the caller's thread.
            await Task.Run(() => UnpackToAsync(packed, path, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            File.Delete(path);
            throw;
        }

        return new LocalFile(path, packed.Info, () =>
        {
            File.Delete(path);
            packed.Dispose();
        });
    }

    /// <summary>Removes what a stopped server left.</summary>
    public void RemoveLeftovers()
    {
        if (Directory.Exists(options.SpillDirectory))
        {
            foreach (var path in Directory.EnumerateFiles(options.SpillDirectory, Prefix + "*"))
            {
                File.Delete(path);
            }
        }
    }

    private async Task UnpackToAsync(LocalFile packed, string path, CancellationToken cancellation)
    {
        try
        {
            var source = File.OpenRead(packed.Path);
            await using (source.ConfigureAwait(false))
            {
                var plain = CompressionCodec.OpenRead(
                    source, CompressionFormat.Bzip2, options.UnpackedBytesMax, leaveOpen: true);
                var target = File.Create(path);
                await using (plain.ConfigureAwait(false))
                await using (target.ConfigureAwait(false))
                {
                    await plain.CopyToAsync(target, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Damaged)
        {
            throw new TarnException(
                ErrorKind.Damaged, $"object '{packed.Info.Key}' is damaged", failure.Message, cause: failure)
            {
                Code = "HIVE_BAD_DATA",
            };
        }
    }
}
