using Tarn.Delivery.Endpoints;

namespace Tarn.Delivery.Tests.Processing;

/// <summary>Functions that answer as told, and keep what they were called with.</summary>
internal sealed class ScriptedFunctions : IRecordFunctions
{
    public const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:shout";

    /// <summary>What the call of this number, from 1, is answered.</summary>
    public Func<int, FunctionCall, FunctionAnswer> Answer { get; init; } = (_, _) => new FunctionResults([]);

    public List<FunctionCall> Calls { get; } = [];

    public static FunctionResult Ok(FunctionRecord record, string data) =>
        new(record.RecordId, FunctionOutcome.Ok, System.Text.Encoding.UTF8.GetBytes(data), PartitionKeys: null);

    public static FunctionResults Each(FunctionCall call, Func<FunctionRecord, FunctionResult> result) =>
        new([.. call.Records.Select(result)]);

    public bool Knows(string functionArn) => functionArn == Arn;

    public Task<FunctionAnswer> InvokeAsync(FunctionCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Calls.Add(call);
        return Task.FromResult(Answer(Calls.Count, call));
    }
}
