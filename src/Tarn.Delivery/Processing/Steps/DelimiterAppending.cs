namespace Tarn.Delivery.Processing.Steps;

/// <summary>Appends a delimiter to each record; the chunk's records lie in one new stretch of memory.</summary>
internal sealed class DelimiterAppending(byte[] delimiter) : IRecordFlow
{
    public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        var bytes = 0L;
        foreach (var record in input)
        {
            bytes += record.Data.Length + delimiter.Length;
        }

        Memory<byte> rest = new byte[checked((int)bytes)];
        foreach (var record in input)
        {
            record.Data.CopyTo(rest);
            delimiter.CopyTo(rest[record.Data.Length..]);
            var length = record.Data.Length + delimiter.Length;
            output.Records.Add(record with { Data = rest[..length] });
            rest = rest[length..];
        }

        return ValueTask.CompletedTask;
    }
}
