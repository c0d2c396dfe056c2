using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>A payload under the reader.</summary>
internal readonly ref struct JsonText(ReadOnlySpan<byte> bytes, nint address, TextHeap heap)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Of the first byte, which does not move.</summary>
    public nint Address { get; } = address;

    /// <summary>For texts that do not stand in the payload as they are.</summary>
    public TextHeap Heap { get; } = heap;
}
