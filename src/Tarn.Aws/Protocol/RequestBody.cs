using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Tarn.Aws.Protocol;

/// <summary>
/// A request's body, whole and in one piece: where it was received if it lies in one block there, else copied
/// together. Valid until disposed, which must happen once and before the request ends.
/// </summary>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>Longer ones do not fit into a block beside the request's head.</summary>
    private const int ReceivedWholeMax = Listening.BlockMemoryPool.BlockLength - (8 << 10);

    private readonly PooledBuffer? _copy;
    private readonly SequencePosition _end;
    private readonly PipeReader? _received;

    private RequestBody(PooledBuffer copy) => (_copy, Written) = (copy, copy.Written);

    private RequestBody(PipeReader received, ReadOnlySequence<byte> bytes) =>
        (_received, _end, Written) = (received, bytes.End, bytes.First);

    public ReadOnlyMemory<byte> Written { get; }

    /// <summary>
    /// Reads it; refuses one that is over the limit, where possible before it is read. Fails when the sender has gone.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<RequestBody> ReadAsync(
        HttpRequest request, int bytesMax, string tooLargeCode)
    {
        var announced = request.ContentLength;
        if (announced > bytesMax)
        {
            throw TooLarge(bytesMax, tooLargeCode);
        }

        var reader = request.BodyReader;
        if (announced is > 0 and <= ReceivedWholeMax)
        {
            var read = await reader.ReadAtLeastAsync((int)announced.Value);
            if (read.Buffer.IsSingleSegment && read.Buffer.Length == announced)
            {
                return new RequestBody(reader, read.Buffer);
            }

            // What was looked at stays, and is copied below.
            reader.AdvanceTo(read.Buffer.Start);
        }

        return new RequestBody(await CopyAsync(
            reader, new PooledBuffer((int)(announced ?? 4096)), bytesMax, tooLargeCode));
    }

    public void Dispose()
    {
        _copy?.Dispose();
        _received?.AdvanceTo(_end);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<PooledBuffer> CopyAsync(
        PipeReader reader, PooledBuffer body, int bytesMax, string tooLargeCode)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync();
                foreach (var piece in read.Buffer)
                {
                    body.Append(piece.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (body.Written.Length > bytesMax)
                {
                    throw TooLarge(bytesMax, tooLargeCode);
                }

                if (read.IsCompleted)
                {
                    return body;
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static AwsException TooLarge(int bytesMax, string code) =>
        new(code, 413, $"the request body is larger than the {bytesMax} bytes that this operation takes");
}
