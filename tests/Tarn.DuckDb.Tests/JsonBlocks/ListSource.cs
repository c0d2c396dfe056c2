using System.Text;
using Tarn.DuckDb.JsonBlocks;

namespace Tarn.DuckDb.Tests.JsonBlocks;

/// <summary>Payloads of a list, so many in each block.</summary>
internal sealed class ListSource(IReadOnlyList<string> payloads, int perBlock) : IPayloadSource
{
    private int _next;

    /// <summary>Thrown instead of giving the block that begins with this payload.</summary>
    public (int Index, Exception Exception)? Fault { get; init; }

    public bool IsDisposed { get; private set; }

    /// <summary>Payloads handed out so far.</summary>
    public int Read => _next;

    public PayloadBlock MakeBlock() => new();

    public bool TryRead(PayloadBlock block)
    {
        if (Fault is { } fault && fault.Index <= _next)
        {
            throw fault.Exception;
        }

        block.Clear();
        var count = Math.Min(perBlock, payloads.Count - _next);
        var bytes = payloads.Skip(_next).Take(count).Select(Bytes).ToList();
        block.Reserve(bytes.Sum(payload => payload.Length) + 1);
        var start = 0;
        foreach (var payload in bytes)
        {
            payload.CopyTo(block.Memory.Span[start..]);
            block.Add(start, payload.Length);
            start += payload.Length;
        }

        _next += count;
        return count > 0;
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>UTF-8, but a character of U+FFxx is the byte xx, so that a test can write what is not UTF-8.</summary>
    private static byte[] Bytes(string payload) => payload.Any(letter => letter >= '\uFF00')
        ? [.. payload.Select(letter => (byte)letter)]
        : Encoding.UTF8.GetBytes(payload);
}
