using System.Globalization;
using Tarn.Delivery.Jq.Functions;
using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Jq.Syntax;

internal sealed partial class JqParser
{
    private static readonly string[] ReservedWords =
    [
        "def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try", "catch", "label", "import",
        "include", "and", "or", "__loc__", "module", "break",
    ];

    private JqNode ParsePrimary()
    {
        using var level = Enter();
        var token = Advance();
        switch (token.Kind)
        {
            case JqTokenKind.Field:
                return new FieldNode(IdentityNode.Instance, token.Text);
            case JqTokenKind.Number:
                return new LiteralNode(JqValue.Of(double.Parse(token.Text, CultureInfo.InvariantCulture)));
            case JqTokenKind.Text:
                _at--;
                return ParseText(format: null);
            case JqTokenKind.Format:
                return ParseFormat(token);
            case JqTokenKind.Word:
                return ParseWord(token);
            case JqTokenKind.Variable:
                throw source.Unsupported(token.Position, $"variables (${token.Text}) are not supported", hint: null);
            case JqTokenKind.Operator:
                return ParseOperator(token);
            default:
                throw Unexpected(token);
        }
    }

    private JqNode ParseOperator(JqToken token)
    {
        switch (token.Text)
        {
            case "." when Current.Kind == JqTokenKind.Text:
                return IndexNode.Of(IdentityNode.Instance, ParseText(format: null));
            case ".":
                return IdentityNode.Instance;
            case "..":
                throw source.Unsupported(token.Position, "'..' (recursion) is not supported", "name the path");
            case "(":
                var inner = ParsePipe();
                Expect(")");
                return inner;
            case "[" when Take("]"):
                return new LiteralNode(JqValue.Of(JqArray.Empty));
            case "[":
                var items = ParsePipe();
                Expect("]");
                return new ArrayNode(items);
            case "{":
                return ParseObject();
            default:
                throw Unexpected(token);
        }
    }

    private JqNode ParseWord(JqToken word)
    {
        switch (word.Text)
        {
            case "null":
                return new LiteralNode(JqValue.Null);
            case "true" or "false":
                return new LiteralNode(JqValue.Of(word.Text == "true"));
            case "if":
                throw source.Invalid(word.Position, "'if' must stand in parentheses here", "(if … then … else … end)");
        }

        if (JqRefusals.OfWord(word.Text) is { } refusal)
        {
            throw source.Unsupported(word.Position, $"'{word.Text}' is not supported: {refusal}", hint: null);
        }

        return ReservedWords.Contains(word.Text) ? throw Unexpected(word) : ParseCall(word);
    }

    private JqNode ParseCall(JqToken name)
    {
        var arguments = new List<JqNode>();
        var positions = new List<int>();
        if (Take("("))
        {
            do
            {
                positions.Add(Current.Position);
                arguments.Add(ParsePipe());
            }
            while (Take(";"));
            Expect(")");
        }

        if (JqFunctions.Find(name.Text, arguments.Count) is { } function)
        {
            return function.Make(new JqCall(source, name, arguments, positions));
        }

        if (JqRefusals.OfFunction(name.Text) is { } refusal)
        {
            throw source.Unsupported(
                name.Position, $"function '{name.Text}' is not supported: {refusal}", hint: null);
        }

        var arities = JqFunctions.AritiesOf(name.Text);
        throw arities.Count > 0
            ? source.Invalid(
                name.Position,
                $"function '{name.Text}' does not take {arguments.Count} arguments",
                $"it takes {string.Join(" or ", arities)}; arguments are separated by ';'")
            : source.Invalid(
                name.Position,
                $"function '{name.Text}' is not known",
                Suggestion.Hint(name.Text, JqFunctions.Names));
    }

    private JqNode ParseFormat(JqToken format)
    {
        if (!JqFormats.Names.Contains(format.Text))
        {
            throw source.Unsupported(
                format.Position,
                $"format '@{format.Text}' is not supported",
                Suggestion.Hint(format.Text, JqFormats.Names));
        }

        return Current.Kind == JqTokenKind.Text ? ParseText(format.Text) : new FormatNode(format.Text);
    }

    private JqNode ParseText(string? format)
    {
        var token = Advance();
        if (token.Pieces.Count == 1)
        {
            return new LiteralNode(JqValue.Of(token.Pieces[0].Literal));
        }

        using var level = Enter();
        var parts = token.Pieces.Select(piece => piece.Tokens is { } inner
            ? new JqParser(source, inner) { _depth = _depth }.ParseAll()
            : new LiteralNode(JqValue.Of(piece.Literal)));
        return new TextNode(format ?? "text", [.. parts], [.. token.Pieces.Select(piece => piece.Tokens is not null)]);
    }

    private ObjectNode ParseObject()
    {
        var members = new List<(JqNode Key, JqNode Value)>();
        while (!Take("}"))
        {
            members.Add(ParseMember());
            if (!Current.Is("}"))
            {
                ExpectMemberEnd();
            }
        }

        return new ObjectNode(members);
    }

    private void ExpectMemberEnd()
    {
        var isOperator = Current.Kind == JqTokenKind.Operator && Current.Text is not ("," or "]" or ")" or ":" or ";");
        if (isOperator || Current.IsWord("and") || Current.IsWord("or"))
        {
            throw source.Invalid(
                Current.Position,
                $"{Current.Show()} cannot stand in an object's value",
                "put the value in parentheses: {a: (.b // \"none\")}");
        }

        Expect(",");
    }

    private (JqNode Key, JqNode Value) ParseMember()
    {
        using var level = Enter();
        var token = Current;
        JqNode key;
        switch (token.Kind)
        {
            case JqTokenKind.Word:
                key = new LiteralNode(JqValue.Of(Advance().Text));
                break;
            case JqTokenKind.Text:
                key = ParseText(format: null);
                break;
            case JqTokenKind.Variable:
                throw source.Unsupported(token.Position, $"variables (${token.Text}) are not supported", hint: null);
            case JqTokenKind.Operator when token.Text == "(":
                Advance();
                key = ParsePipe();
                Expect(")");
                Expect(":");
                return (key, ParseMemberValue());
            default:
                throw source.Invalid(
                    token.Position,
                    $"{token.Show()} is no key of an object",
                    "a name, text in quotes, or (expression)");
        }

        return Take(":") ? (key, ParseMemberValue()) : (key, IndexNode.Of(IdentityNode.Instance, key));
    }

    /// <summary>Only terms and pipes, as in jq 1.6.</summary>
    private JqNode ParseMemberValue()
    {
        using var level = Enter();
        var value = Take("-") ? new NegateNode(ParseTerm()) : ParseTerm();
        return Take("|") ? new PipeNode(value, ParseMemberValue()) : value;
    }

    private JqToken Advance()
    {
        var token = Current;
        _at += token.Kind == JqTokenKind.End ? 0 : 1;
        return token;
    }

    private bool Take(string @operator)
    {
        var isThere = Current.Is(@operator);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool TakeWord(string word)
    {
        var isThere = Current.IsWord(word);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private string? TakeAny(params ReadOnlySpan<string> operators) =>
        Current.Kind == JqTokenKind.Operator && operators.Contains(Current.Text) ? Advance().Text : null;

    private JqToken Expect(string text, bool isWord = false) =>
        (isWord ? Current.IsWord(text) : Current.Is(text))
            ? Advance()
            : throw source.Invalid(Current.Position, $"'{text}' is expected, not {Current.Show()}", hint: null);

    private TarnException Unexpected() => Unexpected(Current);

    private TarnException Unexpected(JqToken token) =>
        source.Invalid(token.Position, $"{token.Show()} is not expected here", hint: null);

    private Level Enter() => ++_depth <= DepthMax
        ? new Level(this)
        : throw source.Invalid(Current.Position, $"the query is nested deeper than {DepthMax} levels", hint: null);

    private readonly struct Level(JqParser parser) : IDisposable
    {
        public void Dispose() => parser._depth--;
    }
}
