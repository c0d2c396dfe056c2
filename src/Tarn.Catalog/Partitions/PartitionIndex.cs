using System.Runtime.InteropServices;
using Tarn.Catalog.Tables;

namespace Tarn.Catalog.Partitions;

/// <summary>
/// The values of a table's partitions by columns: for each key its different values, and for each partition which of
/// them it has. A condition is tested once a value instead of once a partition. Never changes.
/// </summary>
internal sealed class PartitionIndex
{
    private readonly TableName _table;
    private readonly string[][] _values;
    private readonly int[][] _codes;

    private PartitionIndex(TableName table, string[][] values, int[][] codes, int count) =>
        (_table, _values, _codes, Count) = (table, values, codes, count);

    /// <summary>Partitions.</summary>
    public int Count { get; }

    /// <param name="names">Of all partitions, in order.</param>
    public static PartitionIndex Of(TableName table, int keys, IReadOnlyList<string> names)
    {
        var start = CatalogNames.PartitionsOf(table).Length;
        var columns = new Column[keys];
        for (var key = 0; key < keys; key++)
        {
            columns[key] = new Column(names.Count);
        }

        for (var row = 0; row < names.Count; row++)
        {
            var rest = names[row].AsSpan(start);
            for (var key = 0; key < keys; key++)
            {
                var end = rest.IndexOf(CatalogNames.ValueSeparator) is >= 0 and var found ? found : rest.Length;
                columns[key].Set(row, rest[..end]);
                rest = rest[Math.Min(end + 1, rest.Length)..];
            }
        }

        return new PartitionIndex(
            table,
            [.. columns.Select(column => column.Values.ConvertAll(CatalogNames.ValueOf).ToArray())],
            [.. columns.Select(column => column.Codes)],
            names.Count);
    }

    /// <summary>Names of the partitions of which each value is wanted, in order.</summary>
    public List<string> Find(Func<int, string, bool> isWanted)
    {
        var wanted = _values.Select((values, key) => Array.ConvertAll(values, value => isWanted(key, value))).ToArray();
        var found = new List<string>();
        for (var row = 0; row < Count; row++)
        {
            if (IsWanted(wanted, row))
            {
                found.Add(NameOf(row));
            }
        }

        return found;
    }

    private bool IsWanted(bool[][] wanted, int row)
    {
        for (var key = 0; key < wanted.Length; key++)
        {
            if (!wanted[key][_codes[key][row]])
            {
                return false;
            }
        }

        return true;
    }

    private string NameOf(int row) =>
        CatalogNames.Of(_table, [.. _values.Select((values, key) => values[_codes[key][row]])]);

    /// <summary>A key's values as they are met, still in the form of names.</summary>
    private sealed class Column(int rows)
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
        private int _last = -1;

        public List<string> Values { get; } = [];

        public int[] Codes { get; } = new int[rows];

        public void Set(int row, ReadOnlySpan<char> value)
        {
            if (_last < 0 || !value.SequenceEqual(Values[_last]))
            {
                var known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
                ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(known, value, out var isKnown);
                if (!isKnown)
                {
                    code = Values.Count;
                    Values.Add(value.ToString());
                }

                _last = code;
            }

            Codes[row] = _last;
        }
    }
}
