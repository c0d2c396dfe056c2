using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Syntax;

/// <summary>
/// Builds a query's tree by jq 1.6's grammar: a pipe binds least, then comma, <c>//</c>, or, and, comparison, sum,
/// product. What is left out on purpose is refused by name and position.
/// </summary>
internal sealed partial class JqParser(JqSource source, IReadOnlyList<JqToken> tokens)
{
    private const int DepthMax = 100;

    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private static readonly string[] Assignments = ["=", "|=", "+=", "-=", "*=", "/=", "%=", "//="];

    private int _at;
    private int _depth;

    private JqToken Current => tokens[_at];

    /// <summary>The whole of the tokens as one query.</summary>
    public JqNode ParseAll()
    {
        if (Current.Kind == JqTokenKind.End)
        {
            throw source.Invalid(Current.Position, "the query is empty", "{customer_id: .customer_id}");
        }

        var node = ParsePipe();
        return Current.Kind == JqTokenKind.End ? node : throw Unexpected();
    }

    private JqNode ParsePipe()
    {
        using var level = Enter();
        var left = ParseComma();
        return Take("|") ? new PipeNode(left, ParsePipe()) : left;
    }

    private JqNode ParseComma()
    {
        var left = ParseAlternative();
        while (Take(","))
        {
            left = new CommaNode(left, ParseAlternative());
        }

        return left;
    }

    private JqNode ParseAlternative()
    {
        var left = ParseOr();
        if (Current.Kind == JqTokenKind.Operator && Assignments.Contains(Current.Text))
        {
            throw source.Unsupported(
                Current.Position,
                $"assignment ({Current.Text}) is not supported",
                "build the object that you want: {a: .b}");
        }

        return Take("//") ? new AlternativeNode(left, ParseAlternative()) : left;
    }

    private JqNode ParseOr()
    {
        var left = ParseAnd();
        while (TakeWord("or"))
        {
            left = new LogicNode(isAnd: false, left, ParseAnd());
        }

        return left;
    }

    private JqNode ParseAnd()
    {
        var left = ParseComparison();
        while (TakeWord("and"))
        {
            left = new LogicNode(isAnd: true, left, ParseComparison());
        }

        return left;
    }

    private JqNode ParseComparison()
    {
        var left = ParseSum();
        if (TakeAny(Comparisons) is not { } comparison)
        {
            return left;
        }

        var node = new BinaryNode(comparison, left, ParseSum());
        return Current.Kind == JqTokenKind.Operator && Comparisons.Contains(Current.Text)
            ? throw source.Invalid(Current.Position, "comparisons do not chain", "write a < b and b < c")
            : node;
    }

    private JqNode ParseSum()
    {
        var left = ParseProduct();
        while (TakeAny("+", "-") is { } sign)
        {
            left = new BinaryNode(sign, left, ParseProduct());
        }

        return left;
    }

    private JqNode ParseProduct()
    {
        var left = ParseSigned();
        while (TakeAny("*", "/", "%") is { } sign)
        {
            left = new BinaryNode(sign, left, ParseSigned());
        }

        return left;
    }

    private JqNode ParseSigned()
    {
        if (!Take("-"))
        {
            return Current.IsWord("if") ? ParseSuffix(ParseCondition(), isTerm: false) : ParseTerm();
        }

        using var level = Enter();
        return new NegateNode(ParseProduct());
    }

    private ConditionNode ParseCondition()
    {
        using var level = Enter();
        var start = Expect("if", isWord: true);
        var condition = ParsePipe();
        Expect("then", isWord: true);
        var then = ParsePipe();
        if (TakeWord("end"))
        {
            throw source.Invalid(start.Position, "if has no else", "jq 1.6 needs one: if … then … else . end");
        }

        JqNode otherwise;
        if (Current.IsWord("elif"))
        {
            otherwise = ParseElif();
        }
        else
        {
            Expect("else", isWord: true);
            otherwise = ParsePipe();
            Expect("end", isWord: true);
        }

        return new ConditionNode(condition, then, otherwise);
    }

    /// <summary>"elif" is an "if" that ends with the outer one.</summary>
    private ConditionNode ParseElif()
    {
        using var level = Enter();
        Expect("elif", isWord: true);
        var condition = ParsePipe();
        Expect("then", isWord: true);
        var then = ParsePipe();
        if (Current.IsWord("elif"))
        {
            return new ConditionNode(condition, then, ParseElif());
        }

        Expect("else", isWord: true);
        var otherwise = ParsePipe();
        Expect("end", isWord: true);
        return new ConditionNode(condition, then, otherwise);
    }

    private JqNode ParseTerm() => ParseSuffix(ParsePrimary(), isTerm: true);

    /// <summary>Fields, indexes, slices and '?' that follow; after "if … end" only '?'.</summary>
    private JqNode ParseSuffix(JqNode node, bool isTerm)
    {
        while (true)
        {
            if (Take("?"))
            {
                node = isTerm && node is StepNode step ? step.AsOptional() : new OptionalNode(node);
            }
            else if (isTerm && Current.Kind == JqTokenKind.Field)
            {
                node = new FieldNode(node, Advance().Text);
            }
            else if (isTerm && Current.Is("["))
            {
                node = ParseBrackets(node);
            }
            else if (isTerm && Current.Is(".") && tokens[_at + 1].Kind == JqTokenKind.Text)
            {
                Advance();
                node = IndexNode.Of(node, ParseText(format: null));
            }
            else if (isTerm && Current.Is(".") && tokens[_at + 1].Is("["))
            {
                throw source.Invalid(Current.Position, "jq 1.6 has no '.' before '['", "write .a[0]");
            }
            else if (Current.IsWord("as"))
            {
                throw source.Unsupported(
                    Current.Position, "'as' (variables) is not supported", "repeat the expression, or pipe into it");
            }
            else
            {
                return node;
            }
        }
    }

    private JqNode ParseBrackets(JqNode target)
    {
        using var level = Enter();
        Expect("[");
        if (Take("]"))
        {
            return new IterateNode(target);
        }

        var start = Current.Is(":") ? null : ParsePipe();
        if (Take(":"))
        {
            var end = Current.Is("]") ? null : ParsePipe();
            if (start is null && end is null)
            {
                throw Unexpected();
            }

            Expect("]");
            return new SliceNode(target, start, end);
        }

        Expect("]");
        return IndexNode.Of(target, start!);
    }
}
