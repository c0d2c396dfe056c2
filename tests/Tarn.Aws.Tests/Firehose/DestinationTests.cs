using System.Text.Json;
using System.Text.Json.Nodes;
using Tarn.Aws.Firehose;
using Tarn.Aws.Firehose.Destinations;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Tests.Firehose;

/// <summary>What destinations come to, member by member, and what they are refused for.</summary>
public sealed class DestinationTests
{
    private const string Account = "000000000000";

    [Fact]
    public void Read_OnlyWhatIsNeeded_HasFirehosesDefaults()
    {
        var destination = Read("{}");

        Assert.Equal(
            new ObjectOutput { Bucket = "lake", BufferSeconds = 300, BufferBytesMax = 5 << 20 }, destination.Output);
        Assert.Equal(
            (null, null, null, 0),
            (destination.Backup, destination.Conversion, destination.Partitioning, destination.Steps.Count));
    }

    [Fact]
    public void Read_Output_IsAsItWasAsked()
    {
        var destination = Read("""
            {
              "Prefix": "a/!{timestamp:yyyy}/", "ErrorOutputPrefix": "e/!{firehose:error-output-type}/",
              "BufferingHints": {"SizeInMBs": 2, "IntervalInSeconds": 60}, "CompressionFormat": "HADOOP_SNAPPY",
              "FileExtension": ".json.snappy", "CustomTimeZone": "Asia/Tokyo",
              "CloudWatchLoggingOptions": {"Enabled": false, "LogGroupName": "g", "LogStreamName": "s"},
              "EncryptionConfiguration": {"NoEncryptionConfig": "NoEncryption"}
            }
            """);

        Assert.Equal(
            new ObjectOutput
            {
                Bucket = "lake",
                Prefix = "a/!{timestamp:yyyy}/",
                ErrorPrefix = "e/!{firehose:error-output-type}/",
                TimeZone = "Asia/Tokyo",
                FileExtension = ".json.snappy",
                Compression = CompressionFormat.HadoopSnappy,
                BufferSeconds = 60,
                BufferBytesMax = 2 << 20,
            },
            destination.Output);
    }

    [Theory]
    [InlineData("UNCOMPRESSED", CompressionFormat.None)]
    [InlineData("GZIP", CompressionFormat.Gzip)]
    [InlineData("ZIP", CompressionFormat.Zip)]
    [InlineData("Snappy", CompressionFormat.Snappy)]
    [InlineData("HADOOP_SNAPPY", CompressionFormat.HadoopSnappy)]
    public void Read_Compression_IsTheOneNamed(string name, CompressionFormat expected) =>
        Assert.Equal(expected, Read($$"""{"CompressionFormat": "{{name}}"}""").Output.Compression);

    [Fact]
    public void Read_Backup_HasItsOwnOutput()
    {
        var backup = Read("""
            {"S3BackupMode": "Enabled", "S3BackupConfiguration":
              {"RoleARN": "arn:aws:iam::000000000000:role/r", "BucketARN": "arn:aws:s3:::raw", "Prefix": "all/",
               "CompressionFormat": "GZIP"}}
            """).Backup;

        Assert.Equal(
            new ObjectOutput { Bucket = "raw", Prefix = "all/", Compression = CompressionFormat.Gzip }, backup);
    }

    [Fact]
    public void Read_EveryProcessor_BecomesItsStep()
    {
        var destination = Read(Partitioned("""
            {"Type": "AppendDelimiterToRecord",
              "Parameters": [{"ParameterName": "Delimiter", "ParameterValue": "\\n"}]},
            {"Type": "Lambda", "Parameters": [
              {"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:us-east-1:000000000000:function:f"},
              {"ParameterName": "NumberOfRetries", "ParameterValue": "7"},
              {"ParameterName": "BufferSizeInMBs", "ParameterValue": "0.5"},
              {"ParameterName": "BufferIntervalInSeconds", "ParameterValue": "90"}]},
            {"Type": "RecordDeAggregation", "Parameters": [
              {"ParameterName": "SubRecordType", "ParameterValue": "DELIMITED"},
              {"ParameterName": "Delimiter", "ParameterValue": "Ow=="}]},
            {"Type": "Decompression"}
            """));

        Assert.Equal(
            [
                new MetadataStep { Query = "{team: .team}" },
                new DelimiterStep { Delimiter = @"\n" },
                new LambdaStep
                {
                    FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:f",
                    Retries = 7,
                    BufferBytesMax = 1 << 19,
                    BufferSeconds = 90,
                },
                new DeaggregateStep { Form = SubRecordForm.Delimited, Delimiter = "Ow==" },
                new DecompressStep(),
            ],
            destination.Steps);
        Assert.Equal(new DynamicPartitioning { RetrySeconds = 30 }, destination.Partitioning);
        Assert.Equal(128 << 20, destination.Output.BufferBytesMax);
    }

    [Theory]
    [InlineData("true", 2)]
    [InlineData("False", 1)]
    public void Read_CloudWatchLogs_ExtractsWhereAsked(string value, int steps)
    {
        var destination = Read(Processors(
            Processor("Decompression", "CompressionFormat", "GZIP") + ","
            + Processor("CloudWatchLogProcessing", "DataMessageExtraction", value)));

        Assert.Equal(
            new RecordStep[] { new DecompressStep(), new CloudWatchLogsStep() }.Take(steps), destination.Steps);
    }

    [Fact]
    public void Read_ProcessingNotEnabled_HasNoSteps() => Assert.Empty(
        Read("""{"ProcessingConfiguration": {"Processors": [{"Type": "AppendDelimiterToRecord"}]}}""").Steps);

    [Fact]
    public void Read_Conversion_IsAsItWasAsked()
    {
        var conversion = Read(Converted(
            """
            {"OpenXJsonSerDe": {"CaseInsensitive": false, "ConvertDotsInJsonKeysToUnderscores": true,
              "ColumnToJsonKeyMappings": {"ts": "timestamp"}}}
            """,
            """
            {"ParquetSerDe": {"BlockSizeBytes": 67108864, "PageSizeBytes": 65536, "Compression": "GZIP",
              "EnableDictionaryCompression": true, "MaxPaddingBytes": 8, "WriterVersion": "V2"}}
            """)).Conversion!;

        var openX = Assert.IsType<OpenXJsonSerDe>(conversion.Input);
        Assert.Equal((false, true, "timestamp"), (openX.CaseInsensitive, openX.ConvertDots, openX.ColumnToKey["ts"]));
        Assert.Equal(
            new ParquetOutput
            {
                Compression = ParquetCompression.Gzip,
                BlockBytes = 64 << 20,
                PageBytes = 64 << 10,
                MaxPaddingBytes = 8,
                EnableDictionary = true,
                WriterVersion = ParquetWriterVersion.V2,
            },
            conversion.Output);
        Assert.Equal(("d", "t", "3"), (conversion.Database, conversion.Table, conversion.VersionId));
    }

    [Fact]
    public void Read_ConversionWithHive_TakesItsFormats()
    {
        var destination = Read(Converted(
            """{"HiveJsonSerDe": {"TimestampFormats": ["yyyy-MM-dd", "millis"]}}""", """{"ParquetSerDe": {}}"""));

        var hive = Assert.IsType<HiveJsonSerDe>(destination.Conversion!.Input);
        Assert.Equal(["yyyy-MM-dd", "millis"], hive.TimestampFormats);
        Assert.Equal(new ParquetOutput(), destination.Conversion.Output);
        Assert.Equal(128 << 20, destination.Output.BufferBytesMax);
    }

    [Fact]
    public void Read_ConversionNotEnabled_IsKeptWithoutEffect()
    {
        var off = Converted("{}", "{}");
        off["DataFormatConversionConfiguration"]!["Enabled"] = false;

        Assert.Null(Read(off).Conversion);
        Assert.NotNull(Complete(off).DataFormatConversionConfiguration);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { """{"BufferingHints": {"SizeInMBs": 1}}""", "must be given together" },
        { """{"S3BackupMode": "Enabled"}""", "S3 backup destination configuration is required" },
        { Processors(""), "A maximum of 5 and a minimum of 1 processor" },
        {
            Processors("""{"Type": "AppendDelimiterToRecord"}, {"Type": "AppendDelimiterToRecord"}"""),
            "Cannot have more than 1 AppendDelimiterToRecord processor."
        },
        {
            Processors("""
                {"Type": "Lambda", "Parameters": [{"ParameterName": "RoleArn", "ParameterValue": "r"},
                  {"ParameterName": "RoleArn", "ParameterValue": "r"}]}
                """),
            "Duplicate ProcessorParameter passed to ProcessingConfiguration."
        },
        { Processors("""{"Type": "Lambda"}"""), "LambdaArn is required when Lambda processor is used." },
        { Lambda("arn:aws:lambda:x"), "Invalid lambda ARN." },
        {
            Processors(Processor("Lambda", "BufferSizeInMBs", "1")),
            "Both BufferSizeInMBs and BufferIntervalInSeconds are required"
        },
        {
            Partitioned("""{"Type": "Decompression"}"""),
            "Lambda should be present when S3 Prefix contains keys from partitionKeyFromLambda namespace"
        },
        {
            Buffered("4", "60"),
            "BufferSizeInMBs for lambda processor must be between 0.2 and 3."
        },
        {
            Buffered("1", "901"),
            "BufferIntervalInSeconds for lambda processor must be between 0 and 900."
        },
        {
            Lambda("arn:aws:lambda:us-east-1:000000000000:function:f", "NumberOfRetries", "301"),
            "Number of retries for lambda must be between 0 and 300."
        },
        {
            Processors(Processor("CloudWatchLogProcessing", "DataMessageExtraction", "true")),
            "CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor"
        },
        { Processors("""{"Type": "CloudWatchLogProcessing"}"""), "Allowed values are True and False." },
        {
            Processors(Processor("Decompression", "CompressionFormat", "ZIP")),
            "CompressionFormat has to be GZIP"
        },
        {
            Partitioned("""{"Type": "Decompression"}""").Replace("JQ-1.6", "JQ-1.7", StringComparison.Ordinal),
            "JSON Parsing Engine has to be one of JQ-1.6"
        },
        {
            Processors(Processor("RecordDeAggregation", "SubRecordType", "JSON")),
            "RecordDeAggregationProcessor can only be present when Dynamic Partitioning is enabled."
        },
        {
            """{"DynamicPartitioningConfiguration": {"Enabled": true}}""",
            "Processing Configuration is not enabled when DataPartitioning is enabled"
        },
        {
            """
            {"DynamicPartitioningConfiguration": {"Enabled": true},
             "BufferingHints": {"SizeInMBs": 63, "IntervalInSeconds": 60}}
            """,
            "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled."
        },
        {
            """
            {"DynamicPartitioningConfiguration": {"Enabled": true},
             "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 59}}
            """,
            "BufferingHints.IntervalInSeconds must be at least 60 seconds"
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Read_WhatCannotBe_IsRefusedInAwsWords(string settings, string message)
    {
        var refused = Assert.Throws<AwsException>(() => Read(settings));

        Assert.Equal("InvalidArgumentException", refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CompressionFormat", "\"GZIP\"", "compression format must be set to UNCOMPRESSED")]
    [InlineData(
        "BufferingHints", "{\"SizeInMBs\": 63, \"IntervalInSeconds\": 60}", "must be at least 64 when data format")]
    [InlineData("SchemaConfiguration", null, "SchemaConfiguration must not be null")]
    [InlineData("InputFormatConfiguration", null, "InputFormatConfiguration must not be null")]
    [InlineData("OutputFormatConfiguration", "{}", "Serializer must not be null")]
    [InlineData("InputFormatConfiguration", "{}", "Deserializer must not be null")]
    [InlineData(
        "InputFormatConfiguration",
        "{\"Deserializer\": {\"HiveJsonSerDe\": {}, \"OpenXJsonSerDe\": {}}}",
        "More than one deserializer specified. Only one may be chosen.")]
    [InlineData("SchemaConfiguration", "{\"RoleARN\": \"r\"}", "SchemaConfiguration.DatabaseName must not be null")]
    [InlineData("SchemaConfiguration", "{}", "SchemaConfiguration.RoleArn must not be null")]
    [InlineData("SchemaConfiguration", "{\"RoleARN\": \"r\", \"CatalogId\": \"111111111111\"}", "Catalog 111111111111")]
    public void Read_ConversionThatCannotBe_IsRefusedInAwsWords(string member, string? value, string message)
    {
        var settings = Converted("""{"OpenXJsonSerDe": {}}""", """{"ParquetSerDe": {}}""");
        var holder = member.EndsWith("FormatConfiguration", StringComparison.Ordinal) || member[0] == 'S'
            ? (JsonObject)settings["DataFormatConversionConfiguration"]!
            : settings;
        holder[member] = value is null ? null : JsonNode.Parse(value);

        Assert.Contains(
            message, Assert.Throws<AwsException>(() => Read(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ParameterOfAnotherProcessor_IsRefusedByName()
    {
        var refused = Assert.Throws<TarnException>(() => Read(Lambda("a", "Delimiter", "x")));

        Assert.Equal(
            (ErrorKind.Unsupported, "a processor of type Lambda has no parameter Delimiter"),
            (refused.Kind, refused.Message));
    }

    [Fact]
    public void Write_WhatWasRead_IsReadBackTheSame()
    {
        var lake = new LakeIdentity();
        foreach (var settings in (JsonNode[])
            [
                new JsonObject(),
                JsonNode.Parse(Partitioned(Processor(
                    "Lambda", "LambdaArn", "arn:aws:lambda:us-east-1:000000000000:function:f")))!,
                Converted("""{"HiveJsonSerDe": {"TimestampFormats": ["millis"]}}""", """{"ParquetSerDe": {}}"""),
                JsonNode.Parse("""{"Prefix": "p/", "CompressionFormat": "GZIP", "CustomTimeZone": "Asia/Tokyo"}""")!,
            ])
        {
            var destination = Read((JsonObject)settings);
            var written = Defaults.Of(SettingsWriter.Write(destination, lake));

            Assert.Equivalent(destination, DestinationReader.Read(written, Account), strict: true);
        }
    }

    private static string Processors(string processors) =>
        $$$"""{"ProcessingConfiguration": {"Enabled": true, "Processors": [{{{processors}}}]}}""";

    private static string Processor(string type, string name, string value) => $$"""
        {"Type": "{{type}}", "Parameters": [{"ParameterName": "{{name}}", "ParameterValue": "{{value}}"}]}
        """;

    private static string Lambda(string function, string? name = null, string value = "") => Processors($$"""
        {"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "{{function}}"}
          {{(name is null ? "" : $$""", {"ParameterName": "{{name}}", "ParameterValue": "{{value}}"}""")}}]}
        """);

    private static string Buffered(string size, string interval) => Processors($$"""
        {"Type": "Lambda", "Parameters": [
          {"ParameterName": "LambdaArn", "ParameterValue": "arn:aws:lambda:us-east-1:000000000000:function:f"},
          {"ParameterName": "BufferSizeInMBs", "ParameterValue": "{{size}}"},
          {"ParameterName": "BufferIntervalInSeconds", "ParameterValue": "{{interval}}"}]}
        """);

    private static string Partitioned(string processors) => $$$"""
        {
          "Prefix": "!{partitionKeyFromQuery:team}/!{partitionKeyFromLambda:x}/",
          "ErrorOutputPrefix": "e/!{firehose:error-output-type}/",
          "DynamicPartitioningConfiguration": {"Enabled": true, "RetryOptions": {"DurationInSeconds": 30}},
          "ProcessingConfiguration": {"Enabled": true, "Processors": [
            {"Type": "MetadataExtraction", "Parameters": [
              {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{team: .team}"},
              {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]},
            {{{processors}}}]}
        }
        """;

    private static JsonObject Converted(string deserializer, string serializer) => JsonNode.Parse($$$"""
        {"DataFormatConversionConfiguration": {
          "SchemaConfiguration": {"RoleARN": "r", "DatabaseName": "d", "TableName": "t", "VersionId": "3",
            "Region": "eu-central-1", "CatalogId": "000000000000"},
          "InputFormatConfiguration": { "Deserializer": {{{deserializer}}} },
          "OutputFormatConfiguration": { "Serializer": {{{serializer}}} }
        }}
        """)!.AsObject();

    private static ObjectDestination Read(string settings) => Read(JsonNode.Parse(settings)!.AsObject());

    private static ObjectDestination Read(JsonObject settings) => DestinationReader.Read(Complete(settings), Account);

    private static ExtendedS3Settings Complete(JsonObject settings)
    {
        settings = (JsonObject)settings.DeepClone();
        settings["RoleARN"] = "arn:aws:iam::000000000000:role/r";
        settings["BucketARN"] = "arn:aws:s3:::lake";
        using var request = JsonDocument.Parse(settings.ToJsonString());
        var read = new ShapeReader("firehose CreateDeliveryStream", ShapeForm.Configuration)
            .Read(request.RootElement, Shape.Of(typeof(ExtendedS3Settings)));
        return Defaults.Of(read.Deserialize(FirehoseJson.Default.ExtendedS3Settings)!);
    }
}
