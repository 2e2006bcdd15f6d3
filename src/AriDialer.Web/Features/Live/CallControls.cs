using System.Text.RegularExpressions;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Phones;

namespace AriDialer.Web.Features.Live;

/// <summary>Does to calls what pages ask for: checks the shape of what came, finds out who is meant, and answers in words.</summary>
internal sealed partial class CallControls(CallDirectory directory, NumberPreviews previews, Colleagues colleagues, TeamBook teams)
{
    private const int LongestId = 150;

    public Task<ControlView> DoAsync(CallRequester by, string? callId, CallControl control) =>
        !IsId(callId) ? Task.FromResult(View(ControlAnswer.NoSuchCall, control))
        : WhyNot(control) is { } refusal ? Task.FromResult(View(ControlAnswer.Refuse(refusal), control))
        : AskAsync(callId!, by, control);

    /// <summary>The same for what needs somebody else: a name, a number, or what <see cref="NumberPreview.Dial"/> said.</summary>
    /// <param name="by">Who wants it.</param>
    /// <param name="callId">The call.</param>
    /// <param name="to">Who is meant, as typed.</param>
    /// <param name="control">Makes the control from what is to be dialled.</param>
    /// <param name="cancellationToken">Cancelled when the page has gone.</param>
    public async Task<ControlView> DoToAsync(
        CallRequester by, string? callId, string? to, Func<string, CallControl> control, CancellationToken cancellationToken)
    {
        if (!IsId(callId) || directory.Find(callId!) is null)
            return View(ControlAnswer.NoSuchCall, control(""));

        var (dial, sentence) = await FindAsync(to, by.UserId, isTransfer: control("") is CallControl.Transfer, cancellationToken);
        return dial is null ? new ControlView(ControlResult.Refused, sentence) : await AskAsync(callId!, by, control(dial));
    }

    private async Task<ControlView> AskAsync(string callId, CallRequester by, CallControl control) =>
        View(await directory.ControlAsync(callId, by, control), control);

    private async Task<(string? Dial, string? Sentence)> FindAsync(
        string? to, string userId, bool isTransfer, CancellationToken cancellationToken)
    {
        if (PhoneNames.PersonOf(to ?? "") is { } personId)
        {
            if (personId == userId)
                return (null, "This is yourself.");

            return await colleagues.ByIdAsync(personId, cancellationToken) is { Disabled: false }
                ? (PhoneNames.DialFor(personId), null)
                : (null, ControlSentences.ForRefusal(Refusals.Nobody));
        }

        if (await teams.ByMarkAsync(to ?? "", cancellationToken) is { } team)
            return (team.Mark, null);

        var preview = await previews.ResolveAsync(to, userId, cancellationToken);
        return preview switch
        {
            { Kind: PreviewKind.Place } when !isTransfer => (null, "Calls can be transferred there, but nobody is there to talk to."),
            { Dial: { } dial } => (dial, null),
            { Kind: PreviewKind.Empty } => (null, "Say to whom: a name or a number."),
            { Kind: PreviewKind.Person, People: var people } => OneOf(people, to!.Trim()),
            _ => (null, preview.Sentence ?? ControlSentences.ForRefusal(Refusals.Nobody)),
        };
    }

    // Bob is meant by his whole name, though Bobby's begins with it.
    private static (string? Dial, string? Sentence) OneOf(IReadOnlyList<PersonView> people, string name)
    {
        var named = people.Where(person => person.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count == 1
            ? (named[0].Dial, null)
            : (null, $"Several people are called that: {string.Join(", ", people.Select(person => person.Name))}. Say which.");
    }

    private static string? WhyNot(CallControl control) => control switch
    {
        CallControl.SendDigits { Digits: var digits } when digits is null || !Digits().IsMatch(digits) => Refusals.NotDigits,
        CallControl.Remove { ChannelId: var leg } when !IsId(leg) => Refusals.NoSuchPerson,
        CallControl.Mute { ChannelId: { } leg } when !IsId(leg) => Refusals.NoSuchPerson,
        CallControl.Merge { OtherCallId: var other } when !IsId(other) => Refusals.NotMergeable,
        _ => null,
    };

    // Asterisk's ids of channels, and ours that are made from them.
    private static bool IsId(string? id) =>
        id is { Length: > 0 and <= LongestId } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static ControlView View(ControlAnswer answer, CallControl control) =>
        new(answer.Result, ControlSentences.For(answer, control));

    [GeneratedRegex(@"\A[0-9*#A-Dw]{1,64}\z")]
    private static partial Regex Digits();
}
