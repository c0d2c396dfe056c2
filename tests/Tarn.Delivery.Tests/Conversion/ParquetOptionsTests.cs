using System.Globalization;
using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Conversion;

/// <summary>Every setting of the file, read back from its metadata.</summary>
public sealed class ParquetOptionsTests : IDisposable
{
    private readonly ConversionScene _scene = new();

    [Theory]
    [InlineData(ParquetCompression.Uncompressed, "UNCOMPRESSED")]
    [InlineData(ParquetCompression.Snappy, "SNAPPY")]
    [InlineData(ParquetCompression.Gzip, "GZIP")]
    [InlineData(ParquetCompression.Zstd, "ZSTD")]
    public async Task Compression_IsThatOfTheColumns(ParquetCompression compression, string expected)
    {
        await ConvertAsync(new ParquetOutput { Compression = compression });

        Assert.Equal(
            [[expected]], await _scene.QueryAsync("SELECT DISTINCT compression FROM parquet_metadata($file)"));
        Assert.Equal("499500", await _scene.ScalarAsync("SELECT sum(n)::BIGINT FROM read_parquet($file)"));
    }

    [Theory]
    [InlineData(false, ParquetWriterVersion.V1, "PLAIN", "PLAIN")]
    [InlineData(true, ParquetWriterVersion.V1, "PLAIN", "PLAIN_DICTIONARY")]
    [InlineData(false, ParquetWriterVersion.V2, "DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY")]
    [InlineData(true, ParquetWriterVersion.V2, "DELTA_BINARY_PACKED", "RLE_DICTIONARY")]
    public async Task DictionaryAndVersion_ChooseTheEncodings(
        bool enableDictionary, ParquetWriterVersion version, string ofNumbers, string ofFewTexts)
    {
        await ConvertAsync(new ParquetOutput { EnableDictionary = enableDictionary, WriterVersion = version });

        Assert.Equal(
            [["n", ofNumbers], ["s", ofFewTexts]],
            await _scene.QueryAsync("SELECT path_in_schema, encodings FROM parquet_metadata($file) ORDER BY 1"));
    }

    [Theory]
    [InlineData(64 << 20, 3, 60_000)]
    [InlineData(80 << 20, 2, 75_000)]
    [InlineData(256 << 20, 2, 122_880)]
    public async Task BlockBytes_BoundTheRowGroups(int blockBytes, int groups, int rowsAtLeast)
    {
        const int Rows = 150_000;
        _scene.Settings = _scene.Settings with { Output = new ParquetOutput { BlockBytes = blockBytes } };
        var text = new string('x', 1000);
        var records = Enumerable.Range(0, Rows).Select(index => $"{{\"n\": {index}, \"s\": \"{index}{text}\"}}");

        await _scene.ConvertAsync(ConversionScene.Table("n bigint", "s string"), records);

        var sizes = (await _scene.QueryAsync("""
            SELECT any_value(row_group_bytes), any_value(row_group_num_rows)
            FROM parquet_metadata($file) GROUP BY row_group_id ORDER BY row_group_id
            """)).Select(row => row.Select(text => long.Parse(text!, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.Equal(groups, sizes.Count);
        Assert.Equal(Rows, sizes.Sum(group => group[1]));
        Assert.All(sizes, group => Assert.InRange(group[0], 1, blockBytes));
        Assert.All(sizes.SkipLast(1), group => Assert.InRange(group[1], rowsAtLeast, 122_880 + 2047));
    }

    [Fact]
    public void Check_WhatTheWriterCannotDo_IsRefusedByName()
    {
        var cases = new (ParquetOutput Output, ErrorKind Kind, string Named)[]
        {
            (new ParquetOutput { BlockBytes = (64 << 20) - 1 }, ErrorKind.Invalid, "block size 67108863"),
            (new ParquetOutput { PageBytes = 65_535 }, ErrorKind.Invalid, "page size 65535"),
            (new ParquetOutput { PageBytes = 65_536 }, ErrorKind.Unsupported, "page size 65536"),
            (new ParquetOutput { MaxPaddingBytes = 1 }, ErrorKind.Unsupported, "padding of up to 1 bytes"),
            (new ParquetOutput { MaxPaddingBytes = -1 }, ErrorKind.Invalid, "padding -1"),
            (new ParquetOutput { Compression = (ParquetCompression)9 }, ErrorKind.Invalid, "compression 9"),
            (new ParquetOutput { WriterVersion = (ParquetWriterVersion)9 }, ErrorKind.Invalid, "version 9"),
        };
        foreach (var (output, kind, named) in cases)
        {
            _scene.Settings = _scene.Settings with { Output = output };

            var failure = Assert.Throws<TarnException>(() => _scene.Conversion(ConversionScene.Table("n int")));

            Assert.Equal(kind, failure.Kind);
            Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Settings_AsJson_ComeBack()
    {
        var settings = new FormatConversion
        {
            Database = "raw",
            Table = "events",
            VersionId = "3",
            Input = new HiveJsonSerDe { TimestampFormats = ["millis"] },
            Output = new ParquetOutput { Compression = ParquetCompression.Zstd, EnableDictionary = true },
        };
        var openX = new OpenXJsonSerDe { ColumnToKey = new Dictionary<string, string> { ["ts"] = "timestamp" } };

        foreach (var given in new[] { settings, settings with { Input = openX } })
        {
            var json = JsonSerializer.Serialize(given);
            var back = JsonSerializer.Deserialize<FormatConversion>(json)!;

            Assert.Equal(json, JsonSerializer.Serialize(back));
            Assert.Equal(given.Output, back.Output);
            Assert.IsType(given.Input.GetType(), back.Input);
        }
    }

    public void Dispose() => _scene.Dispose();

    private async Task ConvertAsync(ParquetOutput output)
    {
        _scene.Settings = _scene.Settings with { Output = output };
        var records = Enumerable.Range(0, 1000).Select(index => $"{{\"n\": {index}, \"s\": \"text {index % 3}\"}}");
        await _scene.ConvertAsync(ConversionScene.Table("n bigint", "s string"), records);
    }
}
