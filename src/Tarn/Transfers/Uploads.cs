using Microsoft.AspNetCore.StaticFiles;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Transfers;

/// <summary>
/// Files and standard input to objects. A file goes in one request, streamed; what is larger than one request may
/// carry, or of unknown length, goes in parts. An upload in parts that fails is aborted, so nothing of it stays.
/// </summary>
internal sealed class Uploads(S3Client s3, TransferTally tally)
{
    private const int PartsMax = 10_000;
    private const long MiB = 1 << 20;

    /// <summary>What PutObject takes.</summary>
    private const long OneRequestBytesMax = 5L << 30;

    private const string AnyType = "application/octet-stream";
    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Held in memory, as an unknown length cannot be announced; 10,000 of them are 640 GiB.</summary>
    public long InputPartBytes { get; init; } = 64 * MiB;

    public async Task SendFileAsync(string path, S3Location target, CancellationToken cancellation)
    {
        await using var file = Open(path);
        var type = TypeOf(target.Key);
        if (file.Length <= OneRequestBytesMax)
        {
            await s3.PutAsync(target, file, file.Length, type, tally.Moved, cancellation);
            return;
        }

        var partBytes = Math.Max(256 * MiB, (file.Length / PartsMax) + 1);
        await SendPartsAsync(
            target,
            type,
            async (upload, number) =>
            {
                var length = Math.Min(partBytes, file.Length - file.Position);
                return length == 0
                    ? null
                    : await s3.PutPartAsync(target, upload, number, file, length, tally.Moved, cancellation);
            },
            cancellation);
    }

    /// <summary>Sends a stream whose end is not known before it is read.</summary>
    public async Task SendInputAsync(Stream input, S3Location target, CancellationToken cancellation)
    {
        var part = new byte[InputPartBytes];
        var filled = await input.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellation);
        if (filled < part.Length)
        {
            using var whole = new MemoryStream(part, 0, filled);
            await s3.PutAsync(target, whole, filled, TypeOf(target.Key), tally.Moved, cancellation);
            return;
        }

        await SendPartsAsync(
            target,
            TypeOf(target.Key),
            async (upload, number) =>
            {
                if (number > 1)
                {
                    filled = await input.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellation);
                }

                using var body = new MemoryStream(part, 0, filled);
                return filled == 0
                    ? null
                    : await s3.PutPartAsync(target, upload, number, body, filled, tally.Moved, cancellation);
            },
            cancellation);
    }

    private async Task SendPartsAsync(
        S3Location target, string type, Func<string, int, Task<SentPart?>> send, CancellationToken cancellation)
    {
        var upload = await s3.BeginPartsAsync(target, type, cancellation);
        try
        {
            var parts = new List<SentPart>();
            while (await send(upload, parts.Count + 1) is { } part)
            {
                parts.Add(part);
            }

            await s3.CompletePartsAsync(target, upload, parts, cancellation);
        }
        catch (Exception failure)
        {
            await AbortAsync(target, upload, failure);
            throw;
        }
    }

    /// <summary>Also after Ctrl-C: parts that nobody completes would take room for ever.</summary>
    private async Task AbortAsync(S3Location target, string upload, Exception failure)
    {
        try
        {
            await s3.AbortPartsAsync(target, upload, CancellationToken.None);
        }
        catch (TarnException error)
        {
            throw new TarnException(
                error.Kind,
                $"{target} was not sent: {failure.Message}",
                $"its parts are still stored as upload {upload}: {error.Message}",
                "abort the upload with 'aws s3api abort-multipart-upload'",
                failure);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0,
            });
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TarnException(ErrorKind.NotFound, $"there is no file {path}", cause: error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TarnException(ErrorKind.Denied, $"{path} is not a file that may be read", cause: error);
        }
    }

    private static string TypeOf(string key) => Types.TryGetContentType(key, out var type) ? type : AnyType;
}
