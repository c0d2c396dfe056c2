using System.Buffers.Binary;
using System.Globalization;
using Tarn.DuckDb.NativeTables;
using Tarn.Formats.Avro;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Formats.Avro;

/// <summary>
/// One binary datum of the source's schema, bare or in single-object encoding:
/// <code>
/// C3 01 | 8 bytes: the schema's CRC-64-AVRO, little end first | the datum
/// </code>
/// A bare datum may begin with C3 01 too; it is one when the bytes after are another fingerprint.
/// </summary>
internal sealed class AvroReader(AvroLayout layout) : IPayloadReader
{
    private const int HeadBytes = 10;
    private readonly AvroDecoder _values = new();
    private readonly AvroCell _cell = new();
    private byte[] _bytes = new byte[1024];

    public string? TryRead(ReadOnlySpan<byte> payload, ColumnWriter writer, int row)
    {
        var isMarked = payload is [0xC3, 0x01, ..] && payload.Length >= HeadBytes;
        var fingerprint = isMarked ? BinaryPrimitives.ReadUInt64LittleEndian(payload[2..]) : 0;
        var isSingleObject = isMarked && fingerprint == layout.Fingerprint;
        var datum = isSingleObject ? payload[HeadBytes..] : payload;
        if (_bytes.Length < datum.Length)
        {
            _bytes = new byte[datum.Length * 2];
        }

        datum.CopyTo(_bytes);
        _values.Reset(_bytes, datum.Length);
        var reason = TryRead(writer, row);
        return reason is not null && isMarked && !isSingleObject
            ? string.Create(
                CultureInfo.InvariantCulture, $"{reason}; its head names schema {fingerprint:x16}, the source's is ")
                + layout.Fingerprint.ToString("x16", CultureInfo.InvariantCulture)
            : reason;
    }

    private string? TryRead(ColumnWriter writer, int row)
    {
        try
        {
            for (var field = 0; field < layout.Places.Count; field++)
            {
                var (type, column) = (layout.Schema.Fields[field].Type, layout.Places[field]);
                if (column < 0)
                {
                    _values.Skip(type);
                }
                else if (!_cell.TryWrite(_values, type, layout.Columns[column].Type, writer, column, row))
                {
                    return $"column '{layout.Columns[column].Name}': the {type} does not fit a "
                        + layout.Columns[column].Type.Sql;
                }
            }

            return _values.IsAtEnd ? null : "bytes follow the datum";
        }
        catch (TarnException cause) when (cause.Kind == ErrorKind.Damaged)
        {
            return cause.Message;
        }
    }
}
