using Tarn.Sql.Lexing;
using Tarn.Sql.Parsing;
using Tarn.Sql.Tree;

namespace Tarn.Sql;

/// <summary>
/// Athena's language to a tree: Trino's queries and Hive's definitions. Pure; throws Invalid or Unsupported with
/// <c>line l:c:</c> in the message. Text of any kind ends in a tree or such an error.
/// </summary>
public static class SqlParser
{
    /// <summary>Parses one statement; a final semicolon is allowed.</summary>
    public static Statement Parse(string text) => new StatementParser(text).Parse();

    /// <summary>Parses a value that stands alone, such as an execution parameter.</summary>
    public static Expression ParseExpression(string text)
    {
        var tokens = new TokenReader(text);
        var expression = new QueryParser(tokens).ParseExpression();
        return tokens.Current.Kind == TokenKind.End ? expression : throw tokens.Mismatch("<EOF>");
    }
}
