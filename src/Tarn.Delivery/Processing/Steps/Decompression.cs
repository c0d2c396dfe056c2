using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>
/// Unpacks gzip records. One that is not gzip, or that unpacks to more than <see cref="RecordBytesMax"/>, fails.
/// </summary>
internal sealed class Decompression : IRecordFlow
{
    /// <summary>The largest record of a stream.</summary>
    public const int RecordBytesMax = 10 << 20;

    /// <summary>As Firehose spells it.</summary>
    public const string Code = "Decompression failed.";

    public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        foreach (var record in input)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var data = CompressionCodec.Decompress(record.Data, CompressionFormat.Gzip, RecordBytesMax);
                output.Records.Add(record with { Data = data });
            }
            catch (TarnException exception) when (exception.Kind is ErrorKind.Damaged or ErrorKind.LimitExceeded)
            {
                output.Fail(record, ErrorTypes.DecompressionFailed, Code, exception.Message);
            }
        }

        return ValueTask.CompletedTask;
    }
}
