using DuckDB.NET.Native;
using Tarn.DuckDb.Errors;

namespace Tarn.DuckDb.Sessions;

/// <summary>
/// Runs SQL on a connection, on the calling thread. A text may hold several statements; the last one's result counts.
/// </summary>
internal static class NativeStatement
{
    /// <summary>Rows changed or copied by the last statement, 0 where that means nothing.</summary>
    public static long Run(DuckDBNativeConnection connection, string sql)
    {
        var result = Start(connection, sql, streaming: false);
        try
        {
            return NativeMethods.Query.DuckDBResultReturnType(result) == DuckDBResultType.ChangedRows
                ? NativeMethods.Query.DuckDBRowsChanged(ref result)
                : 0;
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
    }

    /// <summary>The last statement's result, which the caller destroys.</summary>
    public static DuckDBResult Start(DuckDBNativeConnection connection, string sql, bool streaming)
    {
        var count = NativeMethods.ExtractStatements.DuckDBExtractStatements(connection, sql, out var statements);
        using (statements)
        {
            if (count == 0)
            {
                var text = NativeMethods.ExtractStatements.DuckDBExtractStatementsError(statements);
                throw new DuckDbFailureException(
                    string.IsNullOrEmpty(text) ? "Parser Error: the text holds no statement" : text);
            }

            for (var index = 0; index < count - 1; index++)
            {
                var ignored = Execute(connection, statements, index, streaming: false);
                NativeMethods.Query.DuckDBDestroyResult(ref ignored);
            }

            return Execute(connection, statements, count - 1, streaming);
        }
    }

    /// <summary>The result, which the caller destroys.</summary>
    public static DuckDBResult Execute(DuckDBPreparedStatement prepared, bool streaming)
    {
        var state = streaming
            ? NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(prepared, out var result)
            : NativeMethods.PreparedStatements.DuckDBExecutePrepared(prepared, out result);
        if (state == DuckDBState.Success)
        {
            return result;
        }

        var text = NativeMethods.Query.DuckDBResultError(ref result);
        NativeMethods.Query.DuckDBDestroyResult(ref result);
        throw new DuckDbFailureException(text);
    }

    private static DuckDBResult Execute(
        DuckDBNativeConnection connection, DuckDBExtractedStatements statements, int index, bool streaming)
    {
        var state = NativeMethods.ExtractStatements.DuckDBPrepareExtractedStatement(
            connection, statements, index, out var prepared);
        using (prepared)
        {
            if (state != DuckDBState.Success)
            {
                throw new DuckDbFailureException(NativeMethods.PreparedStatements.DuckDBPrepareError(prepared));
            }

            return Execute(prepared, streaming);
        }
    }
}
