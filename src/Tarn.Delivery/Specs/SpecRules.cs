using System.Text.RegularExpressions;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Conversion;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.EventTimes;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Prefixes;
using Tarn.Delivery.Processing;
using Tarn.Delivery.Shards;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.Delivery.Specs;

/// <summary>
/// What a delivery stream's settings must fulfil, and the table that they name. Failures are Invalid, Unsupported or
/// NotFound and name the setting.
/// </summary>
internal sealed partial class SpecRules(
    IStreams streams, ICatalog catalog, IRecordFunctions functions, IRecordConversions conversions, TimeProvider time)
{
    private const long MiB = 1L << 20;

    /// <summary>The settings as they are kept: names of tables are lower case.</summary>
    public async Task<DeliverySpec> CheckAsync(DeliverySpec spec, CancellationToken cancellation)
    {
        spec = spec with { Destination = Normalize(spec.Destination) };
        if (!NamePattern().IsMatch(spec.Name))
        {
            throw Invalid($"delivery stream name '{spec.Name}' is not 1 to 64 characters of [a-zA-Z0-9_.-]");
        }

        if (spec.Source is DeliverySource.FromStream source
            && (streams.Find(source.Stream) is not { } found || found.Spec.IsInternal))
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"stream '{source.Stream}' of delivery stream '{spec.Name}' does not exist",
                hint: "create the stream first");
        }

        foreach (var lane in DeliveryLane.Of(spec))
        {
            CheckOutput(lane.Output);
        }

        CheckSteps(spec);
        switch (spec.Destination)
        {
            case EndpointDestination endpoint:
                EndpointRules.Check(endpoint);
                break;
            case ObjectDestination objects:
                await CheckObjectsAsync(objects, cancellation).ConfigureAwait(false);
                break;
        }

        return spec;
    }

    private static DeliveryDestination Normalize(DeliveryDestination destination) =>
        destination is ObjectDestination { Table: { } table } objects
            ? objects with
            {
                Table = new TableTarget(table.Database.ToLowerInvariant(), table.Table.ToLowerInvariant()),
            }
            : destination;

    private static void CheckOutput(ObjectOutput output)
    {
        if (output.BufferSeconds is < 0 or > 900)
        {
            throw Invalid($"a buffer of {output.BufferSeconds} seconds is not within 0 to 900");
        }

        if (output.BufferBytesMax is < MiB or > 128 * MiB)
        {
            throw Invalid($"a buffer of {output.BufferBytesMax} bytes is not within 1 to 128 MiB");
        }

        if (!Enum.IsDefined(output.Compression))
        {
            throw Invalid($"compression {(int)output.Compression} is not known");
        }

        TimeZones.Find(output.TimeZone, "time zone");
        FileExtensions.Resolve(output.FileExtension, "", "file extension");
    }

    private void CheckSteps(DeliverySpec spec)
    {
        // Making the flow reads every setting of every step.
        RecordFlows.Build(spec.Destination.Steps, new FlowContext
        {
            DeliveryStream = spec.Name,
            SourceStream = null,
            ShardId = "",
            Functions = functions,
            Metadata = step => new MetadataExtraction(step),
            Time = time,
        });
        foreach (var step in spec.Destination.Steps.OfType<LambdaStep>())
        {
            if (!functions.Knows(step.FunctionArn))
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"function '{step.FunctionArn}' is not mapped to an address",
                    hint: "name its address in tarn.yaml, below functions");
            }
        }
    }

    private async Task CheckObjectsAsync(ObjectDestination objects, CancellationToken cancellation)
    {
        var output = objects.Output;
        var prefixes = PrefixPair.Parse(
            output.Prefix, output.ErrorPrefix, objects.Partitioning is not null, "prefix", "error prefix");
        MetadataExtraction.Check(objects.Steps.OfType<MetadataStep>().FirstOrDefault(), prefixes.Data);
        if (objects.EventTime is { } eventTime)
        {
            _ = new EventTimeReader(eventTime);
        }

        if (objects.Backup is { } backup)
        {
            PrefixPair.Parse(
                backup.Prefix, backup.ErrorPrefix, isPartitioned: false, "prefix of the backup", "its error prefix");
        }

        var table = PlanCarrier.TableOf(objects) is { } name
            ? await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false)
                ?? throw new TarnException(
                    ErrorKind.Invalid,
                    $"table '{name.Database}.{name.Name}' does not exist",
                    hint: "create it with partition keys that the prefix names")
            : null;
        if (objects.Conversion is { } conversion)
        {
            CheckConversion(objects, conversion, table!);
        }

        if (objects.Table is not null)
        {
            TableRules.Check(objects, prefixes.Data, table!);
        }
    }

    private void CheckConversion(ObjectDestination objects, FormatConversion conversion, Table table)
    {
        if (objects.Output.Compression != CompressionFormat.None)
        {
            throw Invalid(
                "a compression of objects cannot be had with a conversion of their format",
                "the format compresses its columns itself",
                "leave the objects uncompressed, and set the compression of the Parquet output");
        }

        CheckVersion(conversion, table);
        conversions.Open(conversion, table);
    }

    /// <summary>
    /// The catalog keeps one version of a table. One that the settings pin must be that, also later, when a batch
    /// begins.
    /// </summary>
    public static void CheckVersion(FormatConversion conversion, Table table)
    {
        var current = table.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (conversion.VersionId != FormatConversion.LatestVersion && conversion.VersionId != current)
        {
            throw Invalid(
                $"version {conversion.VersionId} of table '{table.Name.Database}.{table.Name.Name}' is not there",
                $"its version is {current}, earlier ones are not kept",
                $"use {FormatConversion.LatestVersion}, or {current}");
        }
    }

    private static TarnException Invalid(string message, string? detail = null, string? hint = null) =>
        new(ErrorKind.Invalid, message, detail, hint);

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{1,64}\z")]
    private static partial Regex NamePattern();
}
