using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Tarn.Aws.Protocol;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// The input of PutRecord and PutRecords as a reader of some wire format gathers it, and the room for its outcomes.
/// Keys and payloads point into the request's body wherever they stand there as they are; others lie in
/// <see cref="Rent"/>ed memory. Valid until disposed, and no longer than the body. For one caller at a time.
/// </summary>
internal sealed class PutRequest : IDisposable
{
    private const int RecordsMax = 500;
    private const int RequestBytesMax = 10 << 20;

    private const int KeptMax = 64;

    private static readonly ConcurrentQueue<PutRequest> Idle = new();

    private readonly StreamEntry[] _entries = new StreamEntry[RecordsMax];
    private readonly AppendOutcome[] _outcomes = new AppendOutcome[RecordsMax];
    private readonly List<byte[]> _rented = [];
    private bool _isTaken;
    private string _lastStreamName = "";
    private int _count;
    private long _bytes;
    private int _largestBytes;

    /// <summary>PutRecords; PutRecord otherwise, whose one record's members stand beside the stream's name.</summary>
    public bool IsBatch { get; private set; }

    public string Operation => IsBatch ? "PutRecords" : "PutRecord";

    public string? StreamName { get; set; }

    public string? StreamArn { get; set; }

    public int Count => _count;

    public ReadOnlyMemory<StreamEntry> Entries => _entries.AsMemory(0, _count);

    public Memory<AppendOutcome> Outcomes => _outcomes.AsMemory(0, _count);

    /// <summary>An empty one, used before where there is one.</summary>
    public static PutRequest Take(bool isBatch)
    {
        var request = Idle.TryDequeue(out var idle) ? idle : new PutRequest();
        (request.IsBatch, request._isTaken) = (isBatch, true);
        return request;
    }

    /// <summary>The fields of the next record.</summary>
    public RecordFields Next() => new(IsBatch ? _count + 1 : 0);

    public void Add(in RecordFields record)
    {
        if (_count == EntriesMax)
        {
            throw Violation("[...]", "records", $"Member must have length less than or equal to {RecordsMax}");
        }

        if (!TryAdd(record.Finish()))
        {
            throw KinesisErrors.InvalidArgument(
                $"Records size exceeds {RequestBytesMax >> 20} MB limit: data and partition keys of one request");
        }
    }

    /// <summary>False, with nothing added: there are too many, or they are too large together.</summary>
    public bool TryAdd(in StreamEntry entry)
    {
        var bytes = entry.DataLength + entry.PartitionKey.Length;
        if (_count == EntriesMax || _bytes + bytes > RequestBytesMax)
        {
            return false;
        }

        _entries[_count++] = entry;
        _bytes += bytes;
        _largestBytes = Math.Max(_largestBytes, bytes);
        return true;
    }

    /// <summary>
    /// The stream's name; refuses the request when a record is larger than its stream takes, key included.
    /// </summary>
    public string Check(IStreams streams, LakeIdentity lake)
    {
        var stream = new StreamRef(StreamName, StreamArn).Find(streams, lake);
        var recordBytesMax = stream.Spec.RecordBytesMax;
        for (var i = 0; _largestBytes > recordBytesMax && i < _count; i++)
        {
            if (_entries[i].DataLength + _entries[i].PartitionKey.Length > recordBytesMax)
            {
                throw Violation(
                    "...",
                    new RecordFields(IsBatch ? i + 1 : 0).Path("data"),
                    $"Member must have length less than or equal to {recordBytesMax} with its partition key");
            }
        }

        return stream.Name;
    }

    /// <summary>Sets the stream's name, in ASCII: mostly that of the request before.</summary>
    public void NameStream(ReadOnlySpan<byte> name)
    {
        if (!Ascii.Equals(name, _lastStreamName))
        {
            _lastStreamName = Encoding.ASCII.GetString(name);
        }

        StreamName = _lastStreamName;
    }

    /// <summary>Forgets what was gathered.</summary>
    public void Clear()
    {
        _entries.AsSpan(0, _count).Clear();
        (_count, _bytes, _largestBytes) = (0, 0, 0);
        (StreamName, StreamArn) = (null, null);
    }

    /// <summary>Memory for what does not stand in the body as it is; given back with the request.</summary>
    public Memory<byte> Rent(int length)
    {
        var rented = ArrayPool<byte>.Shared.Rent(length);
        _rented.Add(rented);
        return rented.AsMemory(0, length);
    }

    /// <summary>PutRecord's SequenceNumberForOrdering: must be a number, and asks for nothing more.</summary>
    public static void CheckOrdering(string? text)
    {
        if (text is not null && !SequenceNumber.TryParse(text, out _))
        {
            throw KinesisErrors.InvalidArgument($"SequenceNumberForOrdering '{text}' is not a sequence number.");
        }
    }

    /// <summary>There must be a list of records, and one in it at least.</summary>
    public void CheckRecords(bool hasList)
    {
        if (!hasList)
        {
            throw Violation("null", "records", "Member must not be null");
        }

        if (_count == 0)
        {
            throw Violation("[]", "records", "Member must have length greater than or equal to 1");
        }
    }

    public void Dispose()
    {
        if (!_isTaken)
        {
            return;
        }

        _isTaken = false;
        _outcomes.AsSpan(0, _count).Clear();
        Clear();
        foreach (var rented in _rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        _rented.Clear();
        if (Idle.Count < KeptMax)
        {
            Idle.Enqueue(this);
        }
    }

    private int EntriesMax => IsBatch ? RecordsMax : 1;

    public static AwsException Wrong(string message) => new("SerializationException", 400, message);

    public static AwsException Violation(string value, string at, string constraint) =>
        Protocol.Json.JsonMembers.Violation($"Value '{value}' at '{at}' failed to satisfy constraint: {constraint}");

    public TarnException Unknown(string member) => new(
        ErrorKind.Unsupported, $"tarn does not support member '{member}' of kinesis {Operation}");
}
