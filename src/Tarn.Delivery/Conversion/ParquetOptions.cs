using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion;

/// <summary>From settings to the options of DuckDB's Parquet writer. What it cannot do is refused by name.</summary>
internal static class ParquetOptions
{
    /// <summary>
    /// Rows of a row group that ends before its bytes do. A group that the processor's cache holds is written in half
    /// the time of one of 256 MiB, and several groups of a file are read in parallel.
    /// </summary>
    private const int RowsMax = 122_880;

    public static void Check(ParquetOutput output)
    {
        if (!Enum.IsDefined(output.Compression))
        {
            throw Invalid($"Parquet compression {(int)output.Compression} is not known");
        }

        if (!Enum.IsDefined(output.WriterVersion))
        {
            throw Invalid($"Parquet writer version {(int)output.WriterVersion} is not known");
        }

        if (output.BlockBytes < ParquetOutput.BlockBytesMin)
        {
            throw Invalid(
                $"Parquet block size {output.BlockBytes} is less than 64 MiB ({ParquetOutput.BlockBytesMin})");
        }

        if (output.PageBytes < ParquetOutput.PageBytesMin)
        {
            throw Invalid($"Parquet page size {output.PageBytes} is less than 64 KiB ({ParquetOutput.PageBytesMin})");
        }

        if (output.PageBytes != ParquetOutput.PageBytesDefault)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"Parquet page size {output.PageBytes} is not supported",
                "the writer chooses the size of pages itself",
                "leave the page size out");
        }

        if (output.MaxPaddingBytes < 0)
        {
            throw Invalid($"Parquet padding {output.MaxPaddingBytes} is less than 0");
        }

        if (output.MaxPaddingBytes > 0)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"Parquet padding of up to {output.MaxPaddingBytes} bytes is not supported",
                "padding aligns row groups with the blocks of HDFS, which these objects do not go to",
                "leave the padding out");
        }
    }

    /// <summary>What stands in the parentheses of COPY.</summary>
    public static string Print(ParquetOutput output)
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"FORMAT parquet, COMPRESSION {Name(output.Compression)}, PARQUET_VERSION {output.WriterVersion},"
            + $" ROW_GROUP_SIZE {RowsMax}, ROW_GROUP_SIZE_BYTES {output.BlockBytes}");
        return output.EnableDictionary ? options : options + ", DICTIONARY_SIZE_LIMIT 0";
    }

    private static string Name(ParquetCompression compression) => compression switch
    {
        ParquetCompression.Uncompressed => "uncompressed",
        ParquetCompression.Snappy => "snappy",
        ParquetCompression.Gzip => "gzip",
        ParquetCompression.Zstd => "zstd",
        _ => throw new ArgumentOutOfRangeException(nameof(compression), compression, message: null),
    };

    private static TarnException Invalid(string message) => new(ErrorKind.Invalid, message);
}
