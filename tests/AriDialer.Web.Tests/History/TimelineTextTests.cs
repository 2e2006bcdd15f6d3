using System.Reflection;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Live;

namespace AriDialer.Web.Tests.History;

public sealed class TimelineTextTests
{
    private static readonly TimelineText Words = new((userId, number, name) => name ?? userId ?? number);

    public static TheoryData<string> Kinds => [.. Slugs(typeof(MomentKinds))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Line_OfEachKind_IsASentenceWhateverIsKnown(string kind)
    {
        foreach (var line in new[] { Line(kind), Line(kind, by: "Alice"), Line(kind, who: "Bob"), Line(kind, "Alice", "Bob", EndReasons.Busy) })
        {
            var sentence = Words.Of(line);
            Assert.Matches(@"\A[A-Z].{5,}[^.]\.\z", sentence);
            Assert.DoesNotContain("  ", sentence);
        }
    }

    [Theory]
    [InlineData("muted", "Alice", "Alice", null, "Alice muted themselves.")]
    [InlineData("muted", "Alice", "Bob", null, "Alice muted Bob.")]
    [InlineData("digits", "Alice", "Bob", "12#", "Alice sent 12#.")]
    [InlineData("ended", "Alice", null, "completed", "Alice ended the call. The call is over.")]
    [InlineData("handed-back", null, null, "menu", "The call went to menu in the dialplan.")]
    [InlineData("started", "Alice", "Bob", null, "Alice called Bob.")]
    public void Line_SaysWhoDidWhat(string kind, string? by, string? who, string? detail, string sentence) =>
        Assert.Equal(sentence, Words.Of(Line(kind, by, who, detail)));

    [Fact]
    public void Reasons_Refusals_Notices_EachHaveWords()
    {
        var unknownEnd = EndSentences.For("?");
        Assert.All(Slugs(typeof(EndReasons)), reason => Assert.NotEqual(unknownEnd, EndSentences.For(reason)));
        Assert.All(Slugs(typeof(EndReasons)), reason => Assert.NotEqual(reason, EndSentences.ShortFor(reason)));
        Assert.Equal(Slugs(typeof(EndReasons)).Order(), CallText.Results.Order());
        Assert.All(Slugs(typeof(Refusals)), refusal => Assert.NotEqual(ControlSentences.ForRefusal("?"), ControlSentences.ForRefusal(refusal)));
        Assert.All(Slugs(typeof(NoticeKinds)), kind => Assert.NotEqual(NoticeSentences.For("?", null, null), NoticeSentences.For(kind, null, null)));
    }

    private static IEnumerable<string> Slugs(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    private static CallEvent Line(string kind, string? by = null, string? who = null, string? detail = null) =>
        new() { CallId = "a", Kind = kind, ByUserId = by, WhoUserId = who, WhoName = who, Detail = detail };
}
