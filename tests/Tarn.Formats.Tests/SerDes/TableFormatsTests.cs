using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Tests.SerDes;

public sealed class TableFormatsTests
{
    [Theory]
    [InlineData(SerDeNames.OpenXJson, SerDeNames.TextInputFormat, TableFormat.Json)]
    [InlineData(SerDeNames.HiveJson, null, TableFormat.Json)]
    [InlineData(SerDeNames.LazySimple, SerDeNames.TextInputFormat, TableFormat.Csv)]
    [InlineData(SerDeNames.OpenCsv, SerDeNames.TextInputFormat, TableFormat.Csv)]
    [InlineData(SerDeNames.Parquet, SerDeNames.ParquetInputFormat, TableFormat.Parquet)]
    [InlineData(null, SerDeNames.ParquetInputFormat, TableFormat.Parquet)]
    [InlineData("", SerDeNames.TextInputFormat, TableFormat.Csv)]
    public void Of_Supported_ReturnsTheFormat(string? serDe, string? inputFormat, TableFormat format) =>
        Assert.Equal(format, TableFormats.Of(serDe, inputFormat));

    [Theory]
    [InlineData("org.apache.hadoop.hive.ql.io.orc.OrcSerde", null, ErrorKind.Unsupported, "OrcSerde")]
    [InlineData(SerDeNames.OpenXJson, "org.apache.orc.OrcInputFormat", ErrorKind.Unsupported, "OrcInput")]
    [InlineData(SerDeNames.OpenXJson, SerDeNames.ParquetInputFormat, ErrorKind.Invalid, "JsonSerDe")]
    [InlineData(SerDeNames.Parquet, SerDeNames.TextInputFormat, ErrorKind.Invalid, "TextInputFormat")]
    [InlineData(null, null, ErrorKind.Invalid, "SerDe")]
    public void Of_Unsupported_NamesTheClass(string? serDe, string? inputFormat, ErrorKind kind, string named)
    {
        var error = Assert.Throws<TarnException>(() => TableFormats.Of(serDe, inputFormat));

        Assert.Equal(kind, error.Kind);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
