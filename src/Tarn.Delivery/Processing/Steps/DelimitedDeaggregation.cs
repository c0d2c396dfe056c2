namespace Tarn.Delivery.Processing.Steps;

/// <summary>Makes a record of each piece between delimiters. Pieces without a byte are none.</summary>
internal sealed class DelimitedDeaggregation(byte[] delimiter) : IRecordFlow
{
    public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        var deaggregated = new Deaggregated(output);
        foreach (var record in input)
        {
            var rest = record.Data;
            while (rest.Length > 0)
            {
                var length = rest.Span.IndexOf(delimiter);
                var piece = length < 0 ? rest : rest[..length];
                if (piece.Length > 0)
                {
                    deaggregated.Add(piece);
                }

                rest = length < 0 ? default : rest[(length + delimiter.Length)..];
            }

            deaggregated.Pass(record);
        }

        return ValueTask.CompletedTask;
    }
}
