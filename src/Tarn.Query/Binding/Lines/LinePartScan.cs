using System.Globalization;
using System.Text;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding.Lines;

/// <summary>What one thread reads of a pass.</summary>
internal sealed class LinePartScan(LineTable table, Func<LinePiece?> take, ScanMeter? meter) : INativeTableScan
{
    private readonly ILineRow _row = table.Format.NewRow(table.Fields);
    private byte[]?[] _values = [];
    private LinePiece? _piece;
    private LineReader? _lines;

    public int Fill(ColumnWriter writer)
    {
        var row = 0;
        while (row < writer.Capacity && (_lines is not null || Next()))
        {
            try
            {
                row = FillFromPiece(writer, row);
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Damaged && failure.Code is null)
            {
                throw new TarnException(
                    ErrorKind.Damaged, $"object '{_piece!.File.Info.Key}' is damaged", failure.Message, cause: failure)
                {
                    Code = "HIVE_BAD_DATA",
                };
            }
        }

        meter?.AddRows(row);
        return row;
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _row.Dispose();
    }

    private bool Next()
    {
        _piece = take();
        if (_piece is null)
        {
            return false;
        }

        _lines = new LineReader(_piece, table.UnpackedBytesMax, meter);
        _values = [.. _piece.Values.Select(value => value is null ? null : Encoding.UTF8.GetBytes(value))];
        for (var skipped = 0; _piece.Start == 0 && skipped < table.HeaderLines && _lines.TryRead(out _); skipped++)
        {
            // Reading it is what skips it.
        }

        return true;
    }

    private int FillFromPiece(ColumnWriter writer, int row)
    {
        while (row < writer.Capacity)
        {
            if (!_lines!.TryRead(out var line))
            {
                _lines.Dispose();
                _lines = null;
                break;
            }

            if (_row.IsBlank(line))
            {
                continue;
            }

            if (_row.Read(line, writer, row) is { } reason)
            {
                throw Bad(reason);
            }

            for (var index = 0; index < _values.Length; index++)
            {
                if (_values[index] is { } value)
                {
                    writer.SetUtf8(table.Fields.Count + index, row, value);
                }
            }

            row++;
        }

        return row;
    }

    private TarnException Bad(string reason) => new(
        ErrorKind.Damaged,
        string.Create(
            CultureInfo.InvariantCulture,
            $"object '{_piece!.File.Info.Key}', line {_lines!.LineNumber()}: {reason}"))
    {
        Code = "HIVE_BAD_DATA",
    };
}
