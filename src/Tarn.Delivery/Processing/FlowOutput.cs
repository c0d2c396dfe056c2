namespace Tarn.Delivery.Processing;

/// <summary>What came of a chunk: records that go on and records that failed, each in the order of the input.</summary>
internal sealed class FlowOutput
{
    public List<FlowRecord> Records { get; } = [];

    public List<FailedRecord> Failed { get; } = [];

    /// <summary>A record that a step failed after one attempt, without a function.</summary>
    public void Fail(in FlowRecord record, string errorType, string code, string message) =>
        Failed.Add(new FailedRecord(record, errorType, code, message, LambdaArn: null, Attempts: 1));

    public void Clear()
    {
        Records.Clear();
        Failed.Clear();
    }
}
