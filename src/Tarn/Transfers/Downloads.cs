using System.Security.Cryptography;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Transfers;

/// <summary>
/// Objects to files and to standard output. A file appears under its name when all of it has come and its MD5 agrees
/// with the object's ETag, where that is one; until then it lies beside it under a name of its own.
/// </summary>
internal sealed class Downloads(S3Client s3, TransferTally tally, IdSource ids)
{
    private const int BufferBytes = 256 * 1024;

    public async Task FetchFileAsync(S3Location source, string path, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, $".tarn-{ids.Next():n}");
        try
        {
            await using (var file = new FileStream(partial, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous,
                BufferSize = 0,
            }))
            {
                await FetchAsync(source, file, cancellation);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            // Gone after the move; there still when something failed before it.
            File.Delete(partial);
        }
    }

    /// <summary>Copies the object's bytes; a failure may come after some of them.</summary>
    public async Task FetchAsync(S3Location source, Stream target, CancellationToken cancellation)
    {
        var (found, answer) = await s3.OpenAsync(source, cancellation);
        using var response = answer;
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
#pragma warning disable CA5351 // the ETag of S3 is an MD5; it finds damage, it keeps no secret
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        var buffer = new byte[BufferBytes];
        while (await ReadAsync(body, buffer, source, cancellation) is var count and > 0)
        {
            hash.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            tally.Moved(count);
        }

        var isMd5 = found.ETag.Length == 2 * MD5.HashSizeInBytes;
        if (isMd5 && found.ETag != Convert.ToHexStringLower(hash.GetHashAndReset()))
        {
            throw new TarnException(
                ErrorKind.Damaged, $"{source} came with other bytes than its ETag {found.ETag} stands for");
        }
    }

    private static async Task<int> ReadAsync(
        Stream body, byte[] buffer, S3Location source, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation);
        }
        catch (IOException error)
        {
            throw new TarnException(
                ErrorKind.Unavailable, $"the connection broke while {source} came: {error.Message}", cause: error);
        }
    }
}
