using System.Security.Cryptography;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>
/// Opens a record in which the Kinesis Producer Library has put several
/// (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).
/// </summary>
/// <remarks>
/// Layout: <c>F3 89 9A C2</c>, a protobuf message, its MD5 of 16 bytes. The message's fields: 1 partition key,
/// repeated; 2 explicit hash key, repeated; 3 record, repeated, with the fields 1 index of its partition key, 2 index
/// of its hash key, 3 data, 4 tags.
/// </remarks>
internal static class KplAggregate
{
    private const int DigestBytes = 16;

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    public static bool IsMarked(ReadOnlySpan<byte> data) =>
        data.StartsWith(Magic) && data.Length >= Magic.Length + DigestBytes;

    /// <summary>
    /// Adds the records inside, whose memory is that of <paramref name="record"/>. False, with nothing added, when it
    /// is not an aggregate or a damaged one: then it is a record like any other, as to AWS's own library.
    /// </summary>
    public static bool TryOpen(in FlowRecord record, List<FlowRecord> records)
    {
        if (!IsMarked(record.Data.Span))
        {
            return false;
        }

        var message = record.Data[Magic.Length..^DigestBytes];
        Span<byte> digest = stackalloc byte[DigestBytes];
#pragma warning disable CA5351 // the format's own check against damage
        MD5.HashData(message.Span, digest);
#pragma warning restore CA5351
        if (!digest.SequenceEqual(record.Data.Span[^DigestBytes..]))
        {
            return false;
        }

        var count = records.Count;
        if (TryRead(message, record, records))
        {
            return true;
        }

        records.RemoveRange(count, records.Count - count);
        return false;
    }

    private static bool TryRead(ReadOnlyMemory<byte> message, in FlowRecord record, List<FlowRecord> records)
    {
        var keys = new List<ReadOnlyMemory<byte>>();
        var inside = new List<ReadOnlyMemory<byte>>();
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            if (fields is { Field: 1, Data: { } key })
            {
                keys.Add(key);
            }
            else if (fields is { Field: 3, Data: { } one })
            {
                inside.Add(one);
            }
        }

        if (fields.IsDamaged)
        {
            return false;
        }

        for (var at = 0; at < inside.Count; at++)
        {
            if (!TryReadRecord(inside[at], out var keyIndex, out var data) || keyIndex >= (ulong)keys.Count)
            {
                return false;
            }

            records.Add(record with { Data = data, SubSequence = at, PartitionKey = keys[(int)keyIndex] });
        }

        return true;
    }

    private static bool TryReadRecord(
        ReadOnlyMemory<byte> message, out ulong keyIndex, out ReadOnlyMemory<byte> data)
    {
        ulong? foundKey = null;
        ReadOnlyMemory<byte>? foundData = null;
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            foundKey = fields is { Field: 1, Number: { } number } ? number : foundKey;
            foundData = fields is { Field: 3, Data: { } bytes } ? bytes : foundData;
        }

        keyIndex = foundKey ?? 0;
        data = foundData ?? default;
        return !fields.IsDamaged && foundKey is not null && foundData is not null;
    }
}
