using System.Buffers.Binary;
using System.Numerics;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>CRC-32C (Castagnoli) of bytes that come in pieces.</summary>
internal sealed class Crc32C
{
    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        while (bytes.Length >= 8)
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        _state = state;
    }
}
