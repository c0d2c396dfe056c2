using Tarn.Delivery;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;

namespace Tarn.Projects.Tests.Lake;

public sealed class DeliveryYamlTests : IDisposable
{
    private readonly ProjectFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_StreamAndTable_IsTheLakesLayout()
    {
        var delivery = Only("""
            delivery:
              scores:
                stream: scores
                table: Raw.Scores
            """);

        Assert.Equal(new DeliverySource.FromStream("scores"), delivery.Source);
        Assert.Equal(LakeLayout.Of(new TableTarget("raw", "scores")), delivery.Destination);
    }

    [Fact]
    public void Read_PartitionsByKeys_HasAllThatFirehoseHas()
    {
        var delivery = Only("""
            delivery:
              clicks:
                source: direct_put
                bucket: events
                prefix: c=!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/
                error_prefix: failed/!{firehose:error-output-type}/
                time_zone: Asia/Tokyo
                file_extension: .ndjson
                compression: snappy
                buffer_seconds: 0
                buffer_mib: 8
                records: json_lines
                partitioning:
                  query: '{customer: .customer_id}'
                  retry_seconds: 60
                steps:
                - do: decompress
                - do: cloudwatch_logs
                - do: deaggregate
                  form: delimited
                  delimiter: '####'
                - do: lambda
                  function: arn:aws:lambda:eu-west-1:000000000000:function:clean
                  retries: 1
                - do: delimiter
                backup:
                  prefix: source/
                  compression: zip
            """);

        Assert.IsType<DeliverySource.DirectPut>(delivery.Source);
        var objects = Assert.IsType<ObjectDestination>(delivery.Destination);
        Assert.Equal(
            new ObjectOutput
            {
                Bucket = "events",
                Prefix = "c=!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/",
                ErrorPrefix = "failed/!{firehose:error-output-type}/",
                TimeZone = "Asia/Tokyo",
                FileExtension = ".ndjson",
                Compression = CompressionFormat.Snappy,
                BufferSeconds = 0,
                BufferBytesMax = 8L << 20,
            },
            objects.Output);
        Assert.Equal(RecordForm.JsonLines, objects.Form);
        Assert.Equal(60, objects.Partitioning!.RetrySeconds);
        Assert.Equal(
            [
                new DecompressStep(),
                new CloudWatchLogsStep(),
                new DeaggregateStep { Form = SubRecordForm.Delimited, Delimiter = "IyMjIw==" },
                new LambdaStep
                {
                    FunctionArn = "arn:aws:lambda:eu-west-1:000000000000:function:clean", Retries = 1,
                },
                new DelimiterStep(),
                new MetadataStep { Query = "{customer: .customer_id}" },
            ],
            objects.Steps);
        Assert.Equal(("lake", "source/", CompressionFormat.Zip), (
            objects.Backup!.Bucket, objects.Backup.Prefix, objects.Backup.Compression));
        Assert.Equal(["events", "lake"], delivery.Buckets);
    }

    [Fact]
    public void Read_ParquetTableOfTheSameFile_ConvertsTheRecords()
    {
        var delivery = Only("""
            tables:
              raw.scores:
                format: parquet
                location: s3://lake/raw/scores/
                columns: { score: bigint }
                partitioned_by: { year: string, month: string, day: string, hour: string }
            delivery:
              scores:
                stream: scores
                table: raw.scores
                event_time:
                  field: played_at
                  format: epoch_ms
                json:
                  convert_dots: true
                  column_to_key: { score: points }
                parquet:
                  compression: zstd
                  block_mib: 128
            """);

        var objects = Assert.IsType<ObjectDestination>(delivery.Destination);
        Assert.Equal(new EventTime("played_at", "epoch_ms"), objects.EventTime);
        Assert.Equal(CompressionFormat.None, objects.Output.Compression);
        Assert.Equal(("raw", "scores"), (objects.Conversion!.Database, objects.Conversion.Table));
        Assert.Equal((ParquetCompression.Zstd, 128 << 20), (
            objects.Conversion.Output.Compression, objects.Conversion.Output.BlockBytes));
        var openX = Assert.IsType<OpenXJsonSerDe>(objects.Conversion.Input);
        Assert.True(openX.ConvertDots);
        Assert.Equal("points", openX.ColumnToKey["score"]);
    }

    [Fact]
    public void Read_Endpoint_HasItsSettings()
    {
        var delivery = Only("""
            delivery:
              out:
                stream: scores
                bucket: backup
                endpoint:
                  url: https://collector.example/ingest
                  access_key: secret
                  gzip: true
                  retry_seconds: 10
                  backup: all
                  attributes: { team: blue }
            """);

        var endpoint = Assert.IsType<EndpointDestination>(delivery.Destination);
        Assert.Equal("https://collector.example/ingest", endpoint.Url);
        Assert.Equal(("secret", true, 10, true), (
            endpoint.AccessKey, endpoint.Gzip, endpoint.RetrySeconds, endpoint.BackupAll));
        Assert.Equal(KeyValuePair.Create("team", "blue"), Assert.Single(endpoint.CommonAttributes));
        Assert.Equal(("backup", "delivery/out/"), (endpoint.Output.Bucket, endpoint.Output.Prefix));
    }

    [Fact]
    public void Read_Mistakes_AreReportedWithPlaceAndNearest()
    {
        folder.With("lake.yaml", """
            delivery:
              a:
                source: direct
                stream: s
                table: scores
              b:
                source: direct_put
                stream: s
                error_prefx: x/
                parquet: {}
                steps:
                - do: decompres
                - do: lambda
                  retrys: 1
              c:
                stream: s
                format: parquet
                endpoint:
                  url: https://x.example/
                  gzip: yes
            """);

        var errors = Assert.Throws<TarnException>(folder.Read).Detail!.Split('\n');

        Assert.Equal(
            [
                "lake.yaml:3:13: 'source' of delivery 'a' must be one of stream, direct_put, not 'direct'",
                "lake.yaml:5:12: 'table' of delivery 'a' must be database.table",
                "lake.yaml:8:13: 'stream' of delivery 'b' must be left out: records are put into the delivery stream"
                    + " itself",
                "lake.yaml:10:14: 'parquet' of delivery 'b' needs the format parquet",
                "lake.yaml:12:11: 'do' of steps 1 must be one of decompress, cloudwatch_logs, deaggregate, lambda,"
                    + " delimiter, not 'decompres'; did you mean 'decompress'?",
                "lake.yaml:13:7: steps 2 needs 'function'",
                "lake.yaml:14:7: unknown key 'retrys' in steps 2; did you mean 'retries'?",
                "lake.yaml:9:5: unknown key 'error_prefx' in delivery 'b'; did you mean 'error_prefix'?",
                "lake.yaml:20:13: 'gzip' of endpoint must be one of true, false, not 'yes'",
                "lake.yaml:17:5: unknown key 'format' in delivery 'c'",
            ],
            errors);
    }

    private DeliverySpec Only(string yaml) => Assert.Single(folder.With("lake.yaml", yaml).Read().Deliveries);
}
