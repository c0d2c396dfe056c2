using Tarn.Aws.Protocol.Records;
using Tarn.Delivery;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Aws.Firehose.Records;

/// <summary>The input of PutRecord and PutRecordBatch.</summary>
internal sealed class DeliveryPut() : RecordBatch<DeliveryPut>(RequestBytesMax), IScannedPut
{
    /// <summary>What a record may have before base64.</summary>
    public const int RecordBytesMax = 1000 << 10;

    private const int RequestBytesMax = 4 << 20;

    /// <summary>Records have no key here; those of one put go to one shard.</summary>
    private static readonly ReadOnlyMemory<byte> Key = "-"u8.ToArray();

    public string Operation => IsBatch ? "PutRecordBatch" : "PutRecord";

    public string? DeliveryStreamName { get; set; }

    /// <summary>Adds a record's data as base64, or says what is wrong with it.</summary>
    public void Add(ReadOnlyMemory<byte> base64)
    {
        if (IsFull)
        {
            throw PutErrors.TooMany(RecordsMax);
        }

        if (!StreamEntry.TryFromBase64(Key, base64, null, out var entry))
        {
            throw PutErrors.Wrong($"member '{DataPath}' is not base64");
        }

        if (entry.DataLength > RecordBytesMax)
        {
            throw PutErrors.Violation(
                $"java.nio.HeapByteBuffer[pos=0 lim={entry.DataLength} cap={entry.DataLength}]",
                DataPath,
                $"Member must have length less than or equal to {RecordBytesMax}");
        }

        if (!TryAdd(entry, entry.DataLength))
        {
            throw FirehoseErrors.InvalidArgument("Records size exceeds 4 MB limit");
        }
    }

    /// <summary>The name of the delivery stream, which must be there.</summary>
    public string RequireName()
    {
        if (DeliveryStreamName is null)
        {
            throw PutErrors.Violation("null", "deliveryStreamName", "Member must not be null");
        }

        return DeliveryStreamName.Length is > 0 and <= 64
            ? DeliveryStreamName
            : throw PutErrors.Violation(
                DeliveryStreamName,
                "deliveryStreamName",
                "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have length 1 to 64");
    }

    /// <summary>Puts the records; outcome i belongs to record i.</summary>
    public async ValueTask AppendAsync(IDeliveryStreams deliveries, LakeIdentity lake, CancellationToken cancellation)
    {
        var name = RequireName();
        try
        {
            await deliveries.AppendAsync(name, Entries, Outcomes, cancellation);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.NotFound)
        {
            throw FirehoseErrors.NotFound(name, lake.AccountId);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Invalid)
        {
            throw FirehoseErrors.InvalidArgument(
                "This operation is not permitted on KinesisStreamAsSource delivery stream type.");
        }
    }

    public override void Clear()
    {
        base.Clear();
        DeliveryStreamName = null;
    }

    public bool TryTakeMember(ref JsonScanner scanner)
    {
        if (DeliveryStreamName is not null || !scanner.TryTakeName("DeliveryStreamName"u8))
        {
            return false;
        }

        var isText = scanner.TryTakeText(out var name);
        DeliveryStreamName = NameOf(name.Span);
        return isText;
    }

    public bool TryTakeRecord(ref JsonScanner scanner) =>
        scanner.TryTakeName("Data"u8)
        && scanner.TryTakeLongText(out var data)
        && StreamEntry.TryFromBase64(Key, data, null, out var entry)
        && data.Length == (entry.DataLength + 2) / 3 * 4
        && entry.DataLength <= RecordBytesMax
        && TryAdd(entry, entry.DataLength);

    /// <summary>How errors name the data of the next record.</summary>
    public string DataPath => IsBatch ? $"records.{Count + 1}.member.data" : "record.data";

    public TarnException Unknown(string member) => new(
        ErrorKind.Unsupported, $"tarn does not support member '{member}' of firehose {Operation}");
}
