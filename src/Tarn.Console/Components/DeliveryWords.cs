using System.Diagnostics;
using Tarn.Delivery;

namespace Tarn.Console.Components;

/// <summary>A delivery stream in plain words.</summary>
internal sealed class DeliveryWords(DeliveryStatus status)
{
    private readonly DeliveryDestination _destination = status.Spec.Destination;

    public string Lag => status.LagMilliseconds == 0
        ? "none"
        : Human.Duration(TimeSpan.FromMilliseconds(status.LagMilliseconds));

    public string Source => status.Spec.Source is DeliverySource.FromStream source
        ? $"stream {source.Stream}"
        : "put directly";

    public string Target => _destination switch
    {
        ObjectDestination { Table: { } table } => $"table {table.Database}.{table.Table}",
        ObjectDestination objects => $"s3://{objects.Output.Bucket}/",
        EndpointDestination endpoint => endpoint.Url,
        _ => throw new UnreachableException(),
    };

    /// <summary>What records are delivered in.</summary>
    public string Unit => _destination is EndpointDestination ? "request" : "object";

    public IEnumerable<(string Label, string Text)> Settings =>
    [
        .. _destination switch
        {
            ObjectDestination objects => OfObjects(objects),
            EndpointDestination endpoint => OfEndpoint(endpoint),
            _ => throw new UnreachableException(),
        },
        .. _destination.Steps.Select(step => ("Step", Step(step))),
    ];

    private static IEnumerable<(string Label, string Text)> OfObjects(ObjectDestination objects)
    {
        foreach (var row in OfOutput(objects.Output))
        {
            yield return row;
        }

        yield return ("Records", objects.Form == RecordForm.JsonLines ? "JSON lines" : "bytes as they come");
        if (objects.Conversion is { } conversion)
        {
            var columns = $"{conversion.Database}.{conversion.Table}";
            yield return ("Format", $"Parquet by the columns of {columns}, {conversion.Output.Compression}");
        }

        if (objects.EventTime is { } time)
        {
            yield return ("Time", $"member {time.Field}{(time.Format is null ? "" : $", {time.Format}")}");
        }

        if (objects.Partitioning is { } partitioning)
        {
            yield return ("Kept apart", $"by keys, tried for {partitioning.RetrySeconds} s");
        }

        if (objects.Backup is { } backup)
        {
            yield return ("Backup", $"as they came, to s3://{backup.Bucket}/{backup.Prefix}, {backup.CompressionName}");
        }
    }

    private static IEnumerable<(string Label, string Text)> OfEndpoint(EndpointDestination endpoint)
    {
        yield return ("Endpoint", endpoint.Name.Length > 0 ? $"{endpoint.Name}, {endpoint.Url}" : endpoint.Url);
        var buffer = Buffer(endpoint.BufferSeconds, endpoint.BufferBytesMax);
        yield return ("Request", $"{(endpoint.Gzip ? "gzip, " : "")}after {buffer}");
        yield return ("Tried for", $"{endpoint.RetrySeconds} s");
        yield return ("Backup", endpoint.BackupAll ? "all records" : "records that it does not take");
        foreach (var row in OfOutput(endpoint.Output))
        {
            yield return row;
        }
    }

    private static IEnumerable<(string Label, string Text)> OfOutput(ObjectOutput output)
    {
        yield return ("Bucket", output.Bucket);
        yield return ("Prefix", output.Prefix.Length > 0 ? output.Prefix : "yyyy/MM/dd/HH/");
        yield return ("Error prefix", output.ErrorPrefix.Length > 0 ? output.ErrorPrefix : "the prefix and the type");
        yield return ("Time zone", output.TimeZone);
        yield return ("Compression", output.CompressionName);
        if (output.FileExtension is { } end)
        {
            yield return ("Names end with", end);
        }

        yield return ("Batch", "after " + Buffer(output.BufferSeconds, output.BufferBytesMax));
    }

    private static string Buffer(int seconds, long bytes) => $"{seconds} s or {bytes >> 20} MiB";

    private static string Step(RecordStep step) => step switch
    {
        DecompressStep => "gzip unpacked",
        CloudWatchLogsStep => "messages of CloudWatch Logs taken out",
        LambdaStep lambda => $"function {lambda.FunctionArn}",
        DeaggregateStep { Form: SubRecordForm.Json } => "JSON objects of a record made records of their own",
        DeaggregateStep => "records split at a delimiter",
        MetadataStep metadata => $"keys: {metadata.Query}",
        DelimiterStep => "delimiter appended",
        _ => throw new UnreachableException(),
    };
}
