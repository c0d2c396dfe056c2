using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>Collects the records made of one, and numbers those of a log record from 0.</summary>
internal sealed class Deaggregated(FlowOutput output)
{
    /// <summary>Firehose's limit of records in one.</summary>
    public const int RecordsMax = 500;

    public const string Code = "DynamicPartitioning.DeaggregationFailed";

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private SequenceNumber _sequence;
    private int _next;

    public void Add(ReadOnlyMemory<byte> piece) => _pieces.Add(piece);

    /// <summary>The record goes on as its pieces.</summary>
    public void Pass(in FlowRecord record)
    {
        if (_pieces.Count > RecordsMax)
        {
            Fail(record, $"{_pieces.Count} records in one, at most {RecordsMax} are taken apart");
            return;
        }

        if (record.Sequence != _sequence)
        {
            _sequence = record.Sequence;
            _next = 0;
        }

        foreach (var piece in _pieces)
        {
            output.Records.Add(record with { Data = piece, SubSequence = _next++ });
        }

        _pieces.Clear();
    }

    /// <summary>The record fails as a whole.</summary>
    public void Fail(in FlowRecord record, string message)
    {
        output.Fail(record, ErrorTypes.ProcessingFailed, Code, message);
        _pieces.Clear();
    }
}
