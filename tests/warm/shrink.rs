//! From a long script that fails to a short one: delta debugging.

/// The shortest script, made from a failing one by leaving out steps, that fails still.
pub fn shrink<T: Clone>(steps: &[T], fails: &dyn Fn(&[T]) -> bool) -> Vec<T> {
    let mut steps = steps.to_vec();
    let mut size = steps.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < steps.len() {
            let mut fewer = steps.clone();
            fewer.drain(at..steps.len().min(at + size));
            match fails(&fewer) {
                true => steps = fewer,
                false => at += size,
            }
        }
        size /= 2;
    }
    steps
}

#[test]
fn shrinking_leaves_what_is_needed() {
    let steps: Vec<u32> = (0..30).collect();
    let needs =
        |wanted: &'static [u32]| move |steps: &[u32]| wanted.iter().all(|one| steps.contains(one));
    assert_eq!(shrink(&steps, &needs(&[3, 17, 29])), [3, 17, 29]);
    assert_eq!(shrink(&steps, &needs(&[8])), [8]);
    assert!(shrink(&steps, &needs(&[])).is_empty());
}
