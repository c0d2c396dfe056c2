using System.Text;
using Tarn.Aws.Protocol.Records;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// The input of PutRecord and PutRecords. PutRecord's one record's members stand beside the stream's name.
/// </summary>
internal sealed class PutRequest() : RecordBatch<PutRequest>(RequestBytesMax), IScannedPut
{
    private const int RequestBytesMax = 10 << 20;

    public string Operation => IsBatch ? "PutRecords" : "PutRecord";

    public string? StreamName { get; set; }

    public string? StreamArn { get; set; }

    /// <summary>The fields of the next record.</summary>
    public RecordFields Next() => new(IsBatch ? Count + 1 : 0);

    public void Add(in RecordFields record)
    {
        if (IsFull)
        {
            throw PutErrors.TooMany(RecordsMax);
        }

        if (!TryAdd(record.Finish()))
        {
            throw KinesisErrors.InvalidArgument(
                $"Records size exceeds {RequestBytesMax >> 20} MB limit: data and partition keys of one request");
        }
    }

    /// <summary>
    /// The stream's name; refuses the request when a record is larger than its stream takes, key included.
    /// </summary>
    public string Check(IStreams streams, LakeIdentity lake)
    {
        var stream = new StreamRef(StreamName, StreamArn).Find(streams, lake);
        var recordBytesMax = stream.Spec.RecordBytesMax;
        var entries = Entries.Span;
        for (var i = 0; LargestBytes > recordBytesMax && i < entries.Length; i++)
        {
            if (BytesOf(entries[i]) > recordBytesMax)
            {
                throw PutErrors.Violation(
                    "...",
                    new RecordFields(IsBatch ? i + 1 : 0).Path("data"),
                    $"Member must have length less than or equal to {recordBytesMax} with its partition key");
            }
        }

        return stream.Name;
    }

    public override void Clear()
    {
        base.Clear();
        (StreamName, StreamArn) = (null, null);
    }

    public bool TryTakeMember(ref JsonScanner scanner)
    {
        if (StreamName is null && scanner.TryTakeName("StreamName"u8))
        {
            var isText = scanner.TryTakeText(out var name);
            StreamName = NameOf(name.Span);
            return isText;
        }

        if (StreamArn is null && scanner.TryTakeName("StreamARN"u8))
        {
            var isText = scanner.TryTakeText(out var arn);
            StreamArn = Encoding.ASCII.GetString(arn.Span);
            return isText;
        }

        return false;
    }

    public bool TryTakeRecord(ref JsonScanner scanner)
    {
        ReadOnlyMemory<byte> data;
        ReadOnlyMemory<byte> key;
        if (scanner.TryTakeName("Data"u8))
        {
            if (!scanner.TryTakeLongText(out data) || !scanner.TryTake((byte)',')
                || !scanner.TryTakeName("PartitionKey"u8) || !scanner.TryTakeText(out key))
            {
                return false;
            }
        }
        else if (!scanner.TryTakeName("PartitionKey"u8) || !scanner.TryTakeText(out key)
            || !scanner.TryTake((byte)',') || !scanner.TryTakeName("Data"u8) || !scanner.TryTakeLongText(out data))
        {
            return false;
        }

        // Base64 with white space in it is longer than its payload asks for: in JSON that may be a control character.
        return !key.IsEmpty
            && StreamEntry.TryFromBase64(key, data, null, out var entry)
            && data.Length == (entry.DataLength + 2) / 3 * 4
            && TryAdd(entry);
    }

    /// <summary>PutRecord's SequenceNumberForOrdering: must be a number, and asks for nothing more.</summary>
    public static void CheckOrdering(string? text)
    {
        if (text is not null && !SequenceNumber.TryParse(text, out _))
        {
            throw KinesisErrors.InvalidArgument($"SequenceNumberForOrdering '{text}' is not a sequence number.");
        }
    }

    public TarnException Unknown(string member) => new(
        ErrorKind.Unsupported, $"tarn does not support member '{member}' of kinesis {Operation}");

    private static int BytesOf(in StreamEntry entry) => entry.DataLength + entry.PartitionKey.Length;

    private bool TryAdd(in StreamEntry entry) => TryAdd(entry, BytesOf(entry));
}
