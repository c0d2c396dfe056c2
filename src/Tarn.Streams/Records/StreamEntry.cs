using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;

namespace Tarn.Streams.Records;

/// <summary>A record on its way in. Its memory belongs to the caller, who keeps it until the append returns.</summary>
/// <param name="PartitionKey">UTF-8, 1 to 256 characters.</param>
/// <param name="Data">The payload, in the form that <see cref="Encoding"/> names; with the key at most the stream's
/// limit.</param>
/// <param name="ExplicitHashKey">Overrides the MD5 of the partition key.</param>
public readonly record struct StreamEntry(
    ReadOnlyMemory<byte> PartitionKey, ReadOnlyMemory<byte> Data, UInt128? ExplicitHashKey = null)
{
    private readonly int _decodedLength;

    private StreamEntry(
        ReadOnlyMemory<byte> partitionKey, ReadOnlyMemory<byte> base64, UInt128? explicitHashKey, int decodedLength)
        : this(partitionKey, base64, explicitHashKey)
    {
        Encoding = PayloadEncoding.Base64;
        _decodedLength = decodedLength;
    }

    public PayloadEncoding Encoding { get; }

    /// <summary>Of Tarn's own writers, to which the stream's write rates do not apply; null: a producer's record.
    /// </summary>
    public RecordMark? Mark { get; init; }

    /// <summary>Bytes of the payload as stored.</summary>
    public int DataLength => Encoding == PayloadEncoding.None ? Data.Length : _decodedLength;

    /// <summary>
    /// An entry whose payload is decoded only when it is written to the log; false when the text is not base64.
    /// </summary>
    public static bool TryFromBase64(
        ReadOnlyMemory<byte> partitionKey, ReadOnlyMemory<byte> base64, UInt128? explicitHashKey, out StreamEntry entry)
    {
        var isValid = Base64.IsValid(base64.Span, out var length);
        entry = isValid ? new StreamEntry(partitionKey, base64, explicitHashKey, length) : default;
        return isValid;
    }

    /// <summary>Writes the payload as stored: exactly <see cref="DataLength"/> bytes.</summary>
    public void CopyDataTo(Span<byte> target)
    {
        if (Encoding == PayloadEncoding.None)
        {
            Data.Span.CopyTo(target);
            return;
        }

        var status = Base64.DecodeFromUtf8(Data.Span, target, out _, out var written);
        if (status != OperationStatus.Done || written != _decodedLength)
        {
            throw new InvalidOperationException("the payload of an entry has changed since it was checked");
        }
    }
}
