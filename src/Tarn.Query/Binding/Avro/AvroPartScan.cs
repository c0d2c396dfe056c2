using System.Text;
using Tarn.DuckDb.NativeTables;
using Tarn.Formats.Avro;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding.Avro;

/// <summary>What one thread reads of a pass.</summary>
internal sealed class AvroPartScan(AvroTable table, Func<OpenFile?> take, ScanMeter? meter) : INativeTableScan
{
    private readonly AvroDecoder _block = new();
    private OpenFile? _file;
    private AvroContainer? _container;
    private AvroRow? _row;
    private byte[]?[] _values = [];
    private long _left;

    public int Fill(ColumnWriter writer)
    {
        var row = 0;
        while (row < writer.Capacity)
        {
            try
            {
                if (_left == 0 && !NextBlock())
                {
                    break;
                }

                for (; _left > 0 && row < writer.Capacity; _left--)
                {
                    _row!.Read(_block, writer, row);
                    WriteValues(writer, row);
                    row++;
                }
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Damaged && failure.Code is null)
            {
                throw new TarnException(
                    ErrorKind.Damaged,
                    $"object '{_file!.File.Info.Key}': {failure.Message}",
                    failure.Detail,
                    cause: failure) { Code = "HIVE_BAD_DATA" };
            }
        }

        meter?.AddRows(row);
        return row;
    }

    public void Dispose() => Close();

    /// <summary>The next block with rows, of this file or the next; false when there is none.</summary>
    private bool NextBlock()
    {
        while (true)
        {
            if (_container is null && !NextFile())
            {
                return false;
            }

            if (!_block.IsAtEnd)
            {
                throw new TarnException(ErrorKind.Damaged, "the Avro data is damaged: a block has more than its rows");
            }

            if (!_container!.TryReadBlock(out _left, out var bytes, out var count))
            {
                Close();
                continue;
            }

            _block.Reset(bytes, count);
            if (_left > 0)
            {
                return true;
            }
        }
    }

    private bool NextFile()
    {
        _file = take();
        if (_file is null)
        {
            return false;
        }

        var stream = new FileStream(
            _file.File.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _container = new AvroContainer(
            new CountedStream(stream, start: 0, end: long.MaxValue, meter), table.UnpackedBytesMax);
        _row = new AvroRow(_container.Schema, table.SerDe, table.Fields);
        _values = [.. table.Values(_file).Select(value => value is null ? null : Encoding.UTF8.GetBytes(value))];
        return true;
    }

    private void WriteValues(ColumnWriter writer, int row)
    {
        for (var index = 0; index < _values.Length; index++)
        {
            if (_values[index] is { } value)
            {
                writer.SetUtf8(table.Fields.Count + index, row, value);
            }
        }
    }

    private void Close()
    {
        _container?.Dispose();
        _row?.Dispose();
        _container = null;
        _row = null;
    }
}
