using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;

namespace AriDialer.Web.Features.Contacts;

/// <summary>A contact as it is to be: read and checked.</summary>
internal sealed record ContactDraft(string Name, string? Company, IReadOnlyList<string> Numbers, string? Note, bool IsShared)
{
    public string Sought => ContactText.Sought(Name, Company, Numbers);

    /// <summary>Reads one number of a contact as somebody writes it.</summary>
    /// <returns>The number, E.164, or the sentence that says why it is none.</returns>
    public static (string? E164, string? Sentence) ReadNumber(string text, TelephoneNumbers numbers, string region) => numbers.Read(text, region) switch
    {
        ReadNumber read => (read.Number.E164, null),
        NotANumber no => (null, no.Sentence),
        _ => (null, "An emergency number cannot be a contact's."),
    };

    public void WriteInto(Contact contact, DateTimeOffset now)
    {
        (contact.Name, contact.Company, contact.Note, contact.IsShared) = (Name, Company, Note, IsShared);
        (contact.Sought, contact.ChangedAt) = (Sought, now);
        contact.Numbers.Clear();
        contact.Numbers.AddRange(Numbers.Select(e164 => new ContactNumber { E164 = e164 }));
    }
}
