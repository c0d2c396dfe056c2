using System.Globalization;
using System.Text;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>What one thread reads of a pass.</summary>
internal sealed class JsonPartScan(JsonTable table, Func<JsonPiece?> take) : INativeTableScan
{
    private readonly JsonRow _row = new(table.SerDe, table.Fields);
    private readonly byte[]?[] _keys = new byte[]?[table.Keys.Count];
    private JsonPiece? _piece;
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

        _lines = new LineReader(_piece, table.UnpackedBytesMax);
        for (var index = 0; index < _keys.Length; index++)
        {
            var value = _piece.Values[table.Keys[index]];
            _keys[index] = TableFiles.IsNull(value) ? null : Encoding.UTF8.GetBytes(value);
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

            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
            if (line.TrimStart(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            if (_row.Read(line, writer, row) is { } reason)
            {
                throw Bad(reason);
            }

            for (var index = 0; index < _keys.Length; index++)
            {
                if (_keys[index] is { } value)
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
