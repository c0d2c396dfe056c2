using System.Buffers;
using System.IO.Compression;
using Tarn.Formats.Compression;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Merging;

/// <summary>
/// JSON lines of several objects as those of one: unpacked, each ended by a line end, and packed again at a level that
/// data on its way in has no time for. Members strung together would keep the lesser ratio, and could neither tell a
/// damaged source nor end an unfinished line.
/// </summary>
internal sealed class TextMerge(IObjectStore store, MergePace pace) : IObjectMerge
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Enough to see a byte order mark and what the first line begins with.</summary>
    private const int BeginBytes = 4 << 10;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public async Task<MergeOutcome> WriteAsync(
        CompactionPlan plan, string path, Action<JobInput> read, CancellationToken cancellation)
    {
        var format = CompressionCodec.Parse(plan.Codec);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            pace.Start();
            var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
            await using var output = CompressionCodec.OpenWrite(
                file, format, CompressionLevel.Optimal, leaveOpen: false);
            foreach (var source in plan.Sources)
            {
                if (await AppendAsync(source, format, output, buffer, cancellation).ConfigureAwait(false)
                    is not MergeOutcome.Done and var reason)
                {
                    return reason;
                }

                read(source);
            }

            return new MergeOutcome.Done();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<MergeOutcome> AppendAsync(
        JobInput source, CompressionFormat format, Stream output, byte[] buffer, CancellationToken cancellation)
    {
        await using var content = await store.OpenAsync(source.ObjectKey, null, cancellation).ConfigureAwait(false);
        if (content?.Info.ETag != source.Etag)
        {
            return new MergeOutcome.Changed(source);
        }

        try
        {
            await using var plain = CompressionCodec.OpenRead(content.Body, format, long.MaxValue, leaveOpen: true);
            return await CopyAsync(source, plain, output, buffer, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Damaged)
        {
            return new MergeOutcome.Unfit(source, failure.Describe());
        }
    }

    private async Task<MergeOutcome> CopyAsync(
        JobInput source, Stream plain, Stream output, byte[] buffer, CancellationToken cancellation)
    {
        var filled = await plain.ReadAtLeastAsync(buffer, BeginBytes, throwOnEndOfStream: false, cancellation)
            .ConfigureAwait(false);
        var begin = buffer.AsMemory(0, filled);
        begin = begin.Span.StartsWith(ByteOrderMark) ? begin[ByteOrderMark.Length..] : begin;
        if (begin.Span.TrimStart(" \t\r\n"u8) is [not (byte)'{', ..])
        {
            return new MergeOutcome.Unfit(source, "it does not begin with a JSON object");
        }

        byte last = (byte)'\n';
        for (var text = begin; text.Length > 0; text = buffer.AsMemory(0, filled))
        {
            last = text.Span[^1];
            await output.WriteAsync(text, cancellation).ConfigureAwait(false);
            await pace.RestAsync(cancellation).ConfigureAwait(false);
            filled = await plain.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }

        if (last != (byte)'\n')
        {
            await output.WriteAsync("\n"u8.ToArray(), cancellation).ConfigureAwait(false);
        }

        return new MergeOutcome.Done();
    }
}
