using System.Collections.Concurrent;
using Tarn.Sql;
using Tarn.Sql.Tree;

namespace Tarn.Query.Executions;

/// <summary>
/// Statements by their texts: one that is started is checked, classified and planned, each from the same tree, and
/// dashboards start the same ones again and again. Trees never change. Thread-safe.
/// </summary>
internal sealed class ParsedStatements
{
    private const int CountMax = 256;
    private const int KeptLengthMax = 16 << 10;

    private readonly ConcurrentDictionary<string, Statement> _known = new(StringComparer.Ordinal);

    /// <summary>Throws as the parser does.</summary>
    public Statement Parse(string sql)
    {
        if (_known.TryGetValue(sql, out var known))
        {
            return known;
        }

        var statement = SqlParser.Parse(sql);
        if (sql.Length <= KeptLengthMax)
        {
            if (_known.Count >= CountMax)
            {
                _known.Clear();
            }

            _known[sql] = statement;
        }

        return statement;
    }
}
