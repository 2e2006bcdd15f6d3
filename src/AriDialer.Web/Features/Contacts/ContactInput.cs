using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AriDialer.Web.Features.Contacts;

/// <summary>What the form of a contact holds.</summary>
internal sealed class ContactInput
{
    [Required(ErrorMessage = "Type the contact's name.")]
    [StringLength(Contact.NameLength, ErrorMessage = "A name may be 80 letters long.")]
    public string Name { get; set; } = "";

    [StringLength(Contact.NameLength, ErrorMessage = "A company's name may be 80 letters long.")]
    public string? Company { get; set; }

    public List<string?> Numbers { get; set; } = [];

    [StringLength(Contact.NoteLength, ErrorMessage = "A note may be 1000 letters long.")]
    public string? Note { get; set; }

    public bool IsShared { get; set; }

    public static ContactInput Of(Contact contact) => new()
    {
        Name = contact.Name,
        Company = contact.Company,
        Numbers = [.. contact.Numbers.Select(number => number.E164)],
        Note = contact.Note,
        IsShared = contact.IsShared,
    };

    /// <summary>Fields for the numbers that there are and for some more.</summary>
    public void AddEmptyNumbers()
    {
        while (Numbers.Count < Contact.MostNumbers && (Numbers.Count < 2 || !string.IsNullOrWhiteSpace(Numbers[^1])))
        {
            Numbers.Add(null);
        }
    }

    /// <summary>The contact that the form describes, or null and beside the fields what is wrong.</summary>
    public ContactDraft? Read(TelephoneNumbers numbers, string region, ModelStateDictionary modelState)
    {
        List<string> read = [];
        for (var index = 0; index < Numbers.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(Numbers[index]))
                continue;

            var (e164, sentence) = ContactDraft.ReadNumber(Numbers[index]!, numbers, region);
            if (e164 is null)
                modelState.AddModelError($"Input.Numbers[{index}]", sentence!);
            else if (!read.Contains(e164))
                read.Add(e164);
        }

        if (Numbers.Count > Contact.MostNumbers)
            modelState.AddModelError("Input.Numbers", $"A contact has at most {Contact.MostNumbers} numbers.");
        else if (Numbers.All(string.IsNullOrWhiteSpace))
            modelState.AddModelError("Input.Numbers[0]", "Type at least one telephone number.");

        if (ContactText.Line(Name) is not { } name || !modelState.IsValid)
            return null;

        return new ContactDraft(name, ContactText.Line(Company), read, string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(), IsShared);
    }
}
