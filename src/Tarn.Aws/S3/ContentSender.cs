using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// Sends an object's bytes. From a file they are read straight into the blocks that the socket sends from, without a
/// buffer in between. Kestrel's own SendFileAsync goes through such a buffer, as it has no sendfile(2) underneath.
/// </summary>
internal static class ContentSender
{
    private const int ChunkBytesMax = 128 << 10;

    /// <summary>Fails with an IOException when the file is shorter than the content says.</summary>
    public static async Task SendAsync(HttpResponse response, ObjectContent content, CancellationToken cancellation)
    {
        if (content.File is { } file)
        {
            await SendAsync(response, file, content.Start, content.Length, cancellation);
        }
        else
        {
            await content.Body.CopyToAsync(response.Body, ChunkBytesMax, cancellation);
        }
    }

    private static async Task SendAsync(
        HttpResponse response, SafeFileHandle file, long offset, long left, CancellationToken cancellation)
    {
        await response.StartAsync(cancellation);
        while (left > 0)
        {
            var chunk = response.BodyWriter.GetMemory((int)Math.Min(left, ChunkBytesMax));
            var count = RandomAccess.Read(file, chunk.Span[..(int)Math.Min(left, chunk.Length)], offset);
            if (count == 0)
            {
                throw new EndOfStreamException($"the object's file ends {left} bytes early");
            }

            response.BodyWriter.Advance(count);
            (offset, left) = (offset + count, left - count);
            if ((await response.BodyWriter.FlushAsync(cancellation)).IsCompleted)
            {
                return;
            }
        }
    }
}
