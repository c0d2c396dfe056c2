using System.Text;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Processing;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Tests.Processing;

/// <summary>Runs declared steps over records of one shard.</summary>
internal sealed class FlowScene
{
    public static readonly DateTimeOffset Arrival = new(2026, 11, 23, 4, 5, 6, 789, TimeSpan.Zero);

    public ScriptedFunctions Functions { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string? SourceStream { get; init; } = "scores";

    public Func<MetadataStep, IRecordFlow> Metadata { get; init; } = step => throw new ArgumentException(step.Query);

    public static FlowRecord Record(ulong sequence, string data) => Record(sequence, Encoding.UTF8.GetBytes(data));

    public static FlowRecord Record(ulong sequence, byte[] data) => new(
        data,
        Arrival.AddSeconds(sequence),
        new SequenceNumber(sequence),
        SubSequence: 0,
        Encoding.UTF8.GetBytes($"key {sequence}"),
        QueryKeys: null,
        LambdaKeys: null);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static IReadOnlyList<(ulong, int, string)> Places(FlowOutput output) =>
        [.. output.Records.Select(record => (record.Sequence.Value, record.SubSequence, Text(record.Data)))];

    public static IReadOnlyList<(ulong, string, string)> Failures(FlowOutput output) =>
        [.. output.Failed.Select(failed => (failed.Record.Sequence.Value, failed.ErrorType, failed.Code))];

    public IRecordFlow? Build(params RecordStep[] steps) => RecordFlows.Build(steps, new FlowContext
    {
        DeliveryStream = "to-lake",
        SourceStream = SourceStream,
        ShardId = "shardId-000000000007",
        Functions = Functions,
        Metadata = Metadata,
        Time = Time,
    });

    public async Task<FlowOutput> RunAsync(RecordStep[] steps, params FlowRecord[] records)
    {
        var output = new FlowOutput();
        await Build(steps)!.RunAsync(records, output, CancellationToken.None);
        return output;
    }
}
